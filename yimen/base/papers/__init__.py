"""Official papers: what each carries, how it looks, its number, its printing and its service.

Plan 四(一)–(五): every paper exists as data and as PDF, and the two agree, because the PDF is drawn from the stored
data whenever it is wanted and always comes out byte for byte the same. The papers themselves are data files in
``forms/`` (one per paper, replaceable by a place without code). This app never decides which paper is due: the rooms
hand in a plain dictionary and get a numbered paper back.
"""
