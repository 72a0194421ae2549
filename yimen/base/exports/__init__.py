"""Exports: the only code that writes workbooks, and the counter where they are asked for, released and fetched (K23, K24).

``writer`` makes the file: typed cells, nothing that runs. ``desk`` keeps who took which list when and why, asks for a
second person where the law counts the rows, and lets every file go after a day. I know no list: a page hands me its
heads and rows.
"""
