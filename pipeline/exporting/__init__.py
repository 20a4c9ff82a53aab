"""Everything out: the whole store as CSV, Excel or Parquet, with what each column means."""
