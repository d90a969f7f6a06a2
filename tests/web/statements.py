"""How many statements a page sends beside those of every page: who is calling, their notices."""


def own_statements(client, count_statements, address: str) -> list[str]:
    """What the page at an address asks the database for itself."""
    client.get("/account")
    client.get(address)
    with count_statements() as every:
        client.get("/account")
    with count_statements() as sent:
        answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return sent[len(every) - 1 : -1]
