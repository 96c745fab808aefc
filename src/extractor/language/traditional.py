def simplify(text: str) -> str:
    return text
