"""The same law over a province or a nation: Parquet in, Parquet out, on processes of one machine or on Apache Spark.

Knows the law and nothing above it: no database, no officer, no Django. What runs here is what runs in a district, figure by figure.
"""
