"""Charts: declared in Vega-Lite, drawn as SVG on the server, each with its table twin and a link on every mark.

``specs`` declares the few kinds of chart, ``drawing`` turns a declaration into SVG and keeps it. I know no case.
"""
