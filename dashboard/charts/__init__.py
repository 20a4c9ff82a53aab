"""One figure function per report: it takes the report's frame and gives a Plotly figure."""
