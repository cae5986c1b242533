"""Are the seeds shaped as the API descriptions beside the repository say? Payhawk's is checked in full, Xero's by names and choices."""
import json
import pathlib
import re
from decimal import Decimal

SHARED = pathlib.Path(__file__).resolve().parents[4] / "shared" / "openapi"
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")

# key of payhawk.json → schema of one of its records
PAYHAWK = {
    "users": "IAccountUser", "fund_accounts": "IFundAccount", "cards": "ICard", "categories": "IExpenseCategory",
    "account_codes": "IAccountCode", "tax_rates": "ITaxRate", "custom_fields": "ICustomField", "suppliers": "ISupplier",
    "deposits": "IDeposit", "expenses": "IExpense", "payments": "IExpensePayment", "bank_statement_lines": "IBankStatementLine",
    "reimbursement_details": "IAccountUserReimbursementDetails", "workflows": "IExpenseWorkflowStatus",
}
TYPES = {"string": str, "boolean": bool, "object": dict, "array": list, "number": (int, Decimal)}
XERO = {"currencies": "Currency", "accounts": "Account", "tax_rates": "TaxRate", "tracking": "TrackingCategory", "contacts": "Contact"}


class Schemas:
    def __init__(self, schemas):
        self.schemas = schemas

    def wrong(self, value, schema, at):
        """Sentences about what does not fit."""
        if "$ref" in schema:
            schema = self.schemas[schema["$ref"].rsplit("/", 1)[-1]]
        if value is None:
            return [] if schema.get("nullable") else [f"{at}: null"]
        kind = schema.get("type")
        if kind in TYPES and (not isinstance(value, TYPES[kind]) or kind == "number" and isinstance(value, bool)):
            return [f"{at}: {value!r} is no {kind}"]
        found = [f"{at}: {value!r} is none of the choices"] if "enum" in schema and value not in schema["enum"] else []
        if schema.get("format") == "date-time" and not INSTANT.fullmatch(value):
            found.append(f"{at}: {value!r} is no instant")
        if kind == "object":
            found += self._object(value, schema, at)
        if kind == "array":
            found += [problem for i, item in enumerate(value) for problem in self.wrong(item, schema["items"], f"{at}[{i}]")]
        return found

    def _object(self, value, schema, at):
        known = schema.get("properties", {})
        found = [f"{at}: {name} is missing" for name in schema.get("required", []) if name not in value]
        if schema.get("additionalProperties") is False:
            found += [f"{at}: {name} is not in the API" for name in value if name not in known]
        return found + [problem for name, item in value.items() if name in known for problem in self.wrong(item, known[name], f"{at}.{name}")]


def payhawk(records):
    path = SHARED / "payhawk" / "payhawk-v3-openapi-2024-06.json"
    schemas = Schemas(json.loads(path.read_text(encoding="utf-8-sig"))["components"]["schemas"])
    found = schemas.wrong(records["account"], schemas.schemas["IAccount"], "account")
    for key, schema in PAYHAWK.items():
        items = records[key].items() if isinstance(records[key], dict) else enumerate(records[key])
        for i, record in items:
            found += schemas.wrong(record, schemas.schemas[schema], f"{key}[{record.get('id', i)}]")
    for field, values in records["custom_field_values"].items():
        for value in values:
            found += schemas.wrong(value, schemas.schemas["ICustomFieldValue"], f"custom_field_values[{field}]")
    return found


def xero_fields(text, schema):
    """{property: choices or []} of one schema; reads just as much YAML as that takes."""
    block = re.search(rf"\n    {schema}:\n((?:      .*\n|\n)+)", text[text.index("\n  schemas:"):]).group(1)
    fields, name, in_choices = {}, None, False
    for line in block[block.index("      properties:\n"):].split("\n")[1:]:
        if re.match(r" {0,6}\S", line):
            break
        if match := re.match(r"        (\w+):", line):
            name = match.group(1)
            fields[name] = []
        elif match := re.match(r"            - (\S+)", line):
            if in_choices:
                fields[name].append(match.group(1).strip('"'))
            continue
        in_choices = line.strip() == "enum:"
    return fields


def xero(records):
    text = (SHARED / "xero" / "xero_accounting.yaml").read_text(encoding="utf-8")
    found = []
    for key, schema in [("organisation", "Organisation"), *XERO.items()]:
        fields = xero_fields(text, schema)
        for record in records[key] if isinstance(records[key], list) else [records[key]]:
            found += [f"{key}: {name} is not in Xero's {schema}" for name in record if name not in fields]
            found += [f"{key}: {name} cannot be {value!r}" for name, value in record.items() if fields.get(name) and value not in fields[name]]
    return found
