"""What can be coded: the PLOVER codebook, CAMEO, sectors and likelihood words, as tables."""
