"""JSON with one record a line, and with decimals as they are: no binary fraction ever touches money."""
import json
from decimal import Decimal


def number(value):
    """As JavaScript prints it: 70.10 is 70.1, 300.00 is 300."""
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def compact(value):
    if isinstance(value, Decimal):
        return number(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{compact(key)}:{compact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(compact, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def block(value):
    """A list or object of records: one of them a line."""
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(f"  {compact(item)}" for item in value) + "\n ]"
    if isinstance(value, dict) and any(isinstance(item, (dict, list)) for item in value.values()) and "id" not in value:
        return "{\n" + ",\n".join(f"  {compact(key)}: {compact(item)}" for key, item in value.items()) + "\n }"
    return compact(value)


def document(records):
    return "{\n" + ",\n".join(f" {compact(key)}: {block(value)}" for key, value in records.items()) + "\n}\n"
