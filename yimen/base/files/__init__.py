"""Files: scans, photographs and result files, kept sealed under names of our own.

I take nothing on trust: size, kind by content, pixels and unpacked size are looked at before anything is kept, in a
limited child process; what a camera wrote about a picture is dropped; nothing comes out except as an attachment. I
know a subject by kind and reference only. ``desk`` is my counter, ``limited`` runs parsers, ``readers`` parses.
"""
