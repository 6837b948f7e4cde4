"""Reading Chinese text: normal form, sentences, numerals, quantities, dates, names, markers."""
