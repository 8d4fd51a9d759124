"""The rules: a claim beside a quote, compared in one respect each."""
