/* A connector, printed in the words of its declaration. */
#include "cli_fixture.h"

/* clang-format off: as it is read and printed */
static const char connectors_answer[] =
    "{\"connectors\":[{\"id\":\"payhawk\",\"version\":\"1.0.0\",\"path\":\"/c/"
    "payhawk.so\",\"refused\":\"\"},\n"
    "{\"id\":\"erp\",\"version\":\"0.1.0\",\"confirmed\":false,\"path\":\"/c/"
    "erp.so\",\"refused\":\"It needs libcurl.\"}]}";

static const char connector_answer[] =
    "{\"connector\":{\"id\":\"payhawk\",\"name\":\"Payhawk\",\"version\":\"1.0.0\",\"about\":"
    "\"Expenses to bills\",\"abi\":[0,1],\"hash\":\"9c1f\",\"confirmed\":true,\"hosts\":\"api "
    "api.payhawk.com\",\"login\":\"header X-Payhawk-ApiKey\",\"quota\":\"10 per 1s\",\n"
    "\"options\":[{\"name\":\"account_id\",\"type\":\"text\",\"about\":\"the account\"},\n"
    "{\"name\":\"number_prefix\",\"type\":\"text\",\"value\":\"'PH-'\",\"about\":\"before "
    "numbers\"}],\n"
    "\"answers\":[{\"verdict\":\"retry\",\"when\":\"status == 429\",\"why\":\"busy: Too many "
    "calls.\"}],\n"
    "\"lists\":[{\"name\":\"expenses\",\"about\":\"reviewed expenses\",\"record\":\"{id*: text, "
    "total: number}\",\"derive\":[{\"name\":\"owed\",\"value\":\"total - "
    "paid\"}],\"read\":{\"get\":\"GET "
    "/expenses\",\"records\":\"items.*\",\"complete\":1},\"write\":{\"create\":\"PUT "
    "/x\",\"batch\":50}}],\n"
    "\"flows\":[{\"name\":\"expenses\",\"about\":\"expenses to bills\",\"when\":\"every "
    "15m\",\"guards\":[{\"verdict\":\"hold\",\"when\":\"not "
    "exists(option.account_id)\",\"why\":\"account: Say which account.\"}],\n"
    "\"mappings\":[{\"name\":\"bill\",\"about\":\"a reviewed expense becomes a "
    "bill\",\"from\":\"expenses\",\"to\":\"xero.Invoices\",\"gone\":\"'remove'\",\"guards\":[{"
    "\"verdict\":\"skip\",\"when\":\"status == 'archived'\",\"why\":\"archived: archived in "
    "Payhawk\"}],\"match\":[\"Reference == "
    "id\"],\"fields\":[{\"name\":\"Type\",\"value\":\"'ACCPAY'\"}],\"parts\":[{\"name\":\"line\","
    "\"about\":\"one "
    "line\",\"from\":\"lineItems\",\"to\":\"LineItems\",\"fields\":[{\"name\":\"Quantity\","
    "\"value\":\"1\"}]}]}]}]}}";

static const struct printed all[] = {
    {{"connector", "list"},
     connectors_answer,
     0,
     0,
     "CONNECTOR  VERSION  ISOLATION  CONFIRMED  ABOUT  PATH           REFUSED\n"
     "payhawk    1.0.0                                 /c/payhawk.so  \n"
     "erp        0.1.0               no                /c/erp.so      It needs libcurl.\n"},
    {{"connector", "show", "payhawk"},
     connector_answer,
     0,
     0,
     "payhawk 1.0.0: Expenses to bills\n"
     "  hash: 9c1f\n"
     "  confirmed: yes\n"
     "  hosts: api api.payhawk.com\n"
     "  login: header X-Payhawk-ApiKey\n"
     "  quota: 10 per 1s\n"
     "\n"
     "  options\n"
     "    account_id: text   # the account\n"
     "    number_prefix: text = 'PH-'   # before numbers\n"
     "\n"
     "  answers of the API\n"
     "    retry if: status == 429   # busy: Too many calls.\n"
     "\n"
     "  flow expenses: expenses to bills\n"
     "    when: every 15m\n"
     "    hold if: not exists(option.account_id)   # account: Say which account.\n"
     "    mapping bill: a reviewed expense becomes a bill\n"
     "      from: expenses\n"
     "      to: xero.Invoices\n"
     "      skip if: status == 'archived'   # archived: archived in Payhawk\n"
     "      match: Reference == id\n"
     "      field Type: 'ACCPAY'\n"
     "      part: line   # one line\n"
     "        from: lineItems\n"
     "        to: LineItems\n"
     "        field Quantity: 1\n"
     "      gone: 'remove'\n"
     "\n"
     "  lists\n"
     "    list expenses: reviewed expenses\n"
     "      record: {id*: text, total: number}\n"
     "      derived owed: total - paid\n"
     "      get: GET /expenses\n"
     "      records: items.*\n"
     "      complete: 1\n"
     "      create: PUT /x\n"
     "      batch: 50\n"},
    {{"connector", "show", "payhawk", "--format", "markdown"},
     connector_answer,
     0,
     0,
     "# payhawk 1.0.0\n"
     "\n"
     "Expenses to bills\n"
     "\n"
     "- hash: `9c1f`\n"
     "- confirmed: `yes`\n"
     "- hosts: `api api.payhawk.com`\n"
     "- login: `header X-Payhawk-ApiKey`\n"
     "- quota: `10 per 1s`\n"
     "\n"
     "## options\n"
     "- account_id: `text` the account\n"
     "- number_prefix: `text = 'PH-'` before numbers\n"
     "\n"
     "## answers of the API\n"
     "- retry if: `status == 429` busy: Too many calls.\n"
     "\n"
     "## flow expenses\n"
     "\n"
     "expenses to bills\n"
     "\n"
     "- when: `every 15m`\n"
     "- hold if: `not exists(option.account_id)` account: Say which account.\n"
     "\n"
     "### mapping bill\n"
     "\n"
     "a reviewed expense becomes a bill\n"
     "\n"
     "- from: `expenses`\n"
     "- to: `xero.Invoices`\n"
     "- skip if: `status == 'archived'` archived: archived in Payhawk\n"
     "- match: `Reference == id`\n"
     "- field Type: `'ACCPAY'`\n"
     "- part: `line` one line\n"
     "  - from: `lineItems`\n"
     "  - to: `LineItems`\n"
     "  - field Quantity: `1`\n"
     "- gone: `'remove'`\n"
     "\n"
     "## lists\n"
     "\n"
     "### list expenses\n"
     "\n"
     "reviewed expenses\n"
     "\n"
     "- record: `{id*: text, total: number}`\n"
     "- derived owed: `total - paid`\n"
     "- get: `GET /expenses`\n"
     "- records: `items.*`\n"
     "- complete: `1`\n"
     "- create: `PUT /x`\n"
     "- batch: `50`\n"},
};
/* clang-format on */

static void connectors__are_shown_as_declared(void **state)
{
    check_printed(*state, all, sizeof all / sizeof *all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(connectors__are_shown_as_declared),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
