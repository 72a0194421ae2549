"""The public desk, without login: the notice board by place, the big screen, and the way of one's own application.

I show projections only, masked for their channel, never a case. Nothing here searches by name or number, nothing can be
downloaded but the letters that the applicant has been sent anyway.
"""
