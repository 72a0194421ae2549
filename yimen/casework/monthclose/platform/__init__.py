"""The provincial platform beside our data: its file of a month compared, each difference handled, a sheet signed (四(六)).

Nothing here changes an award. Where the platform is right a change is opened, with its own procedure; where we are right
the platform is mended by hand and its next file confirms it.
"""
