"""The file gateway to the provincial verification agency 省级核对机构 (plan 四(二); D17; Law Art. 41).

A request file goes out and a result file comes in, as Excel or JSON, carried by hand or through a watched folder.
The formats are documented in docs/how/check-files.md. Nothing here stores, decides or concludes: a source that did
not answer stays unanswered (K10), a file with one fault is refused whole, and its faults are named by row.
"""
