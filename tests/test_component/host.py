"""A program that knows nothing of this package: it names the component, or loads a pipeline that has it."""

import sys

import spacy
from spacy.tokens import DocBin

pipeline, text, output = sys.argv[1:]
nlp = spacy.load(pipeline) if pipeline != "blank" else spacy.blank("zh")
if pipeline == "blank":
    nlp.add_pipe("release_extractor")
docs = DocBin(store_user_data=True, docs=nlp.pipe([text, text], n_process=2))
docs.to_disk(output)
