/* What is printed, to the letter: on a pipe, and on a terminal. */
#include "canned.h"
#include "cli_fixture.h"

/* clang-format off: as it is printed */
static const struct printed all[] = {
    {{"status"},
     status_answer,
     0,
     0,
     "NAME          STATE        CONNECTOR      ORGANISATION     RECORDS  BAD  HELD  OLDEST HELD   "
     "        LEFT TODAY  WAKES  ISOLATION\n"
     "acme-payhawk  ok           payhawk 1.0.0  Acme Müller Ltd      431    1     2  "
     "2026-02-27T12:00:00Z        4200         full\n"
     "acme-humi     needs-login  humi 0.9.1     Acme Müller Ltd        0    0     0                "
     "                           full\n"
     "acme-humi: Log in: ferry connect acme-humi\\x1b[2J\n"
     "\n"
     "NAME          FLOW      WHEN            LAST RUN              RESULT   NEXT RUN              "
     "STATE  WHY\n"
     "acme-payhawk  expenses  every 15m       2026-03-01T11:57:00Z  ok       2026-03-01T12:12:00Z  "
     "       \n"
     "acme-payhawk  feed      at 08:00 13:00  2026-03-01T08:00:00Z  running  2026-03-01T13:00:00Z  "
     "       \n"
     "\n"
     "NAME          DOCUMENT  WAITING  HELD  READY  SENDING  UNKNOWN  DONE  WITHDRAWN  SKIPPED  "
     "TOMBSTONE\n"
     "acme-payhawk  bill            3     2      0        0        0   120          0        0     "
     "     0\n"
     "acme-payhawk  payment         0     0      0        0        0    80          0        0     "
     "     0\n"},
    {{"status", "acme"},
     status_answer,
     80,
     0,
     "NAME          STATE        CONNECTOR      ORGANISATION  RECORDS  BAD  HELD  OLDEST HELD  "
     "LEFT TODAY  ISOLATION\n"
     "acme-payhawk  \033[32mok         \033[0m  payhawk 1.0.0  Acme Müller       431    1     2  2 "
     "days ago         4200  full\n"
     "acme-humi     \033[31mneeds-login\033[0m  humi 0.9.1     Acme Müller         0    0     0    "
     "                       full\n"
     "acme-humi: Log in: ferry connect acme-humi\\x1b[2J\n"
     "\n"
     "NAME          FLOW      WHEN            LAST RUN   RESULT   NEXT RUN\n"
     "acme-payhawk  expenses  every 15m       3 min ago  ok       in 12 min\n"
     "acme-payhawk  feed      at 08:00 13:00  4 h ago    running  in 1 h\n"
     "\n"
     "NAME          DOCUMENT  WAITING  HELD  DONE\n"
     "acme-payhawk  bill            3  \033[33m   2\033[0m   120\n"
     "acme-payhawk  payment         0     0    80\n"},
    {{"status"},
     restored_answer,
     0,
     0,
     "The store was restored from a backup: what needs-adopt writes nothing until ferry adopt has "
     "looked at what is in Xero.\n"
     "No integration is configured.\n"},
    {{"held"},
     held_answer,
     0,
     0,
     "7 documents are held.\n"
     "\n"
     "locked-period (6)\n"
     "  Fix: Move the lock date.\n"
     "  INTEGRATION  DOCUMENT  ID  TARGET                 AMOUNT  SINCE                 LINK  WHY\n"
     "  acme         bill/e2   12  xero.Invoices  1000000.00 GBP  2026-03-01T09:00:00Z        "
     "2026-01-03 is locked.\n"
     "  acme         bill/e3   13  xero.Invoices                  2026-03-01T09:00:00Z        "
     "2026-01-04 is locked.\n"
     "  acme         bill/e4   14  xero.Invoices                                              "
     "2026-01-04 is locked.\n"
     "  acme         bill/e5   15  xero.Invoices                                              "
     "2026-01-04 is locked.\n"
     "  acme         bill/e6   16  xero.Invoices                                              "
     "2026-01-04 is locked.\n"
     "  and 1 more: ferry held --all\n"
     "\n"
     "lines-total (1): The lines do not add up to the expense.\n"
     "  Fix: Correct the expense in Payhawk.\n"
     "  INTEGRATION  DOCUMENT  ID  TARGET            AMOUNT  SINCE                 LINK\n"
     "  acme         bill/e1   11  xero.Invoices  12.50 GBP  2026-03-01T09:00:00Z  "
     "https://portal.payhawk.com/e1\n"
     "\n"
     "1 record could not be read:\n"
     "  expenses e9: number: \"x\" is no number\n"},
    {{"held", "--all", "--strict"},
     held_answer,
     0,
     5,
     "7 documents are held.\n"
     "\n"
     "locked-period (6)\n"
     "  Fix: Move the lock date.\n"
     "  INTEGRATION  DOCUMENT          ID  TARGET                 AMOUNT  SINCE                 "
     "LINK  WHY\n"
     "  acme         bill/e2           12  xero.Invoices  1000000.00 GBP  2026-03-01T09:00:00Z     "
     "   2026-01-03 is locked.\n"
     "  acme         bill/e3           13  xero.Invoices                  2026-03-01T09:00:00Z     "
     "   2026-01-04 is locked.\n"
     "  acme         bill/e4           14  xero.Invoices                                           "
     "   2026-01-04 is locked.\n"
     "  acme         bill/e5           15  xero.Invoices                                           "
     "   2026-01-04 is locked.\n"
     "  acme         bill/e6           16  xero.Invoices                                           "
     "   2026-01-04 is locked.\n"
     "  acme         bill/e7\\u009b31m  17  xero.Invoices                                          "
     "    2026-01-04 is locked.\n"
     "\n"
     "lines-total (1): The lines do not add up to the expense.\n"
     "  Fix: Correct the expense in Payhawk.\n"
     "  INTEGRATION  DOCUMENT  ID  TARGET            AMOUNT  SINCE                 LINK\n"
     "  acme         bill/e1   11  xero.Invoices  12.50 GBP  2026-03-01T09:00:00Z  "
     "https://portal.payhawk.com/e1\n"
     "\n"
     "1 record could not be read:\n"
     "  expenses e9: number: \"x\" is no number\n"},
    {{"held", "--strict"}, nothing_answer, 0, 0, "Nothing is held.\n"},
    {{"plan", "acme"},
     plan_answer,
     0,
     0,
     "ACTION  DOCUMENT  TARGET            AMOUNT  SUMMARY\n"
     "create  bill/e1   xero.Invoices  12.50 GBP  Taxi, Jane Doe\n"
     "remove  bill/e2   xero.Invoices      7 EUR  Lunch\\nwith newline\n"
     "\n"
     "2 changes to be written.\n"
     "431 records read, 3 new, 1 changed.\n"
     "Documents: 1 waiting, 1 held, 2 ready.\n"
     "Calls: 5 payhawk, 2 xero.\n"
     "0 writes in 1.25 seconds.\n"
     "What is held: ferry held\n"
     "Plan c0ffee\n"},
    {{"plan", "acme", "--strict"},
     plan_answer,
     0,
     5,
     "ACTION  DOCUMENT  TARGET            AMOUNT  SUMMARY\n"
     "create  bill/e1   xero.Invoices  12.50 GBP  Taxi, Jane Doe\n"
     "remove  bill/e2   xero.Invoices      7 EUR  Lunch\\nwith newline\n"
     "\n"
     "2 changes to be written.\n"
     "431 records read, 3 new, 1 changed.\n"
     "Documents: 1 waiting, 1 held, 2 ready.\n"
     "Calls: 5 payhawk, 2 xero.\n"
     "0 writes in 1.25 seconds.\n"
     "What is held: ferry held\n"
     "Plan c0ffee\n"},
    {{"plan", "acme"},
     noplan_answer,
     0,
     0,
     "Nothing is to be written.\n"
     "0 records read, 0 new, 0 changed.\n"
     "0 writes in 0.01 seconds.\n"
     "Plan beef\n"},
    {{"sync", "acme"},
     sync_answer,
     0,
     0,
     "431 records read, 3 new, 1 changed.\n"
     "Documents: 1 held, 3 done.\n"
     "Calls: 2 xero.\n"
     "3 writes in 4 seconds.\n"
     "What is held: ferry held\n"},
    {{"sync", "acme", "--strict"},
     sync_answer,
     0,
     5,
     "431 records read, 3 new, 1 changed.\n"
     "Documents: 1 held, 3 done.\n"
     "Calls: 2 xero.\n"
     "3 writes in 4 seconds.\n"
     "What is held: ferry held\n"},
    {{"retry", "acme", "--all"}, changed_answer, 0, 0, "2 documents changed.\n"},
    {{"history", "e1"},
     history_answer,
     0,
     0,
     "bill/e1 (acme, id 11)\n"
     "  state      done\n"
     "  target     xero.Invoices\n"
     "  target_id  x-1\n"
     "  url        https://go.xero.com/x-1\n"
     "  amount     12.50 GBP\n"
     "\n"
     "AT                    WHO    WHAT   DETAIL\n"
     "2026-03-01T11:00:00Z  ferry  write  create\n"
     "2026-03-01T11:59:30Z  dana   retry  \n"},
    {{"history", "e1"},
     history_answer,
     80,
     0,
     "\033[1mbill/e1\033[0m (acme, id 11)\n"
     "  state      done\n"
     "  target     xero.Invoices\n"
     "  target_id  x-1\n"
     "  url        https://go.xero.com/x-1\n"
     "  amount     12.50 GBP\n"
     "\n"
     "AT                               WHO    WHAT   DETAIL\n"
     "2026-03-01T11:00:00Z (1 h ago)   ferry  write  create\n"
     "2026-03-01T11:59:30Z (30 s ago)  dana   retry  \n"},
    {{"accounts", "acme"},
     accounts_answer,
     0,
     0,
     "SOURCE  CODE  NAME    XERO ACCOUNT  STATUS    USES\n"
     "cat-7   404   Travel  493 Travel    mapped      12\n"
     "cat-9         Gifts                 unmapped     1\n"},
    {{"do", "acme"},
     forms_answer,
     0,
     0,
     "department_lookup: which account a department books to\n"
     "  COLUMN      TYPE   DEFAULT  ABOUT\n"
     "  department  text            its name in Humi\n"
     "  account     text?  '404'    the account in Xero\n"},
    {{"doctor"},
     checks_answer,
     0,
     1,
     "ok     store: can be written\n"
     "wrong  landlock: This kernel has none.\n"
     "       Fix: Use Linux 5.13 or later.\n"},
    {{"check-config"},
     checks_answer,
     0,
     3,
     "ok     store: can be written\n"
     "wrong  landlock: This kernel has none.\n"
     "       Fix: Use Linux 5.13 or later.\n"},
    {{"connect", "acme"},
     connected_answer,
     0,
     0,
     "Connected: acme to Acme Ltd, until 2026-04-30T00:00:00Z\n"},
    {{"disconnect", "acme"}, text_answer, 0, 0, "The login is forgotten.\n"},
    {{"audit", "--verify"},
     audit_answer,
     0,
     1,
     "AT                    WHO   WHAT  ABOUT    DETAIL   HASH\n"
     "2026-03-01T11:00:00Z  dana  skip  bill/e1  by hand  0123456789ab\n"
     "The log is broken: an entry was changed or taken out.\n"
     "Entry 7 does not fit.\n"},
    {{"key", "rotate"},
     keys_answer,
     0,
     0,
     "KEY  MADE                  STATE    USES\n"
     "k1   2026-01-01T00:00:00Z  retired     0\n"
     "k2   2026-02-01T00:00:00Z  active      6\n"
     "Six grants were sealed anew.\n"},
    {{"adopt"},
     adopt_answer,
     0,
     0,
     "120 checked\n"
     "3 linked\n"
     "0 missing\n"
     "Writing goes on.\n"},
    {{"held", "--json"},
     held_answer,
     0,
     0,
     "{\"clock\":\"2026-03-01T12:00:00Z\",\"documents\":[{\"amount\":12.50,\"code\":\"lines-"
     "total\",\"currency\":\"GBP\",\"fix\":\"Correct the expense in "
     "Payhawk.\",\"id\":11,\"integration\":\"acme\",\"key\":\"e1\",\"link\":\"https://"
     "portal.payhawk.com/"
     "e1\",\"mapping\":\"bill\",\"record\":\"e1\",\"since\":\"2026-03-01T09:00:00Z\",\"target\":"
     "\"xero.Invoices\",\"why\":\"The lines do not add up to the "
     "expense.\"},{\"amount\":1000000.00,\"code\":\"locked-period\",\"currency\":\"GBP\",\"fix\":"
     "\"Move the lock "
     "date.\",\"id\":12,\"integration\":\"acme\",\"key\":\"e2\",\"mapping\":\"bill\",\"since\":"
     "\"2026-03-01T09:00:00Z\",\"target\":\"xero.Invoices\",\"why\":\"2026-01-03 is "
     "locked.\"},{\"code\":\"locked-period\",\"fix\":\"Move the lock "
     "date.\",\"id\":13,\"integration\":\"acme\",\"key\":\"e3\",\"mapping\":\"bill\",\"since\":"
     "\"2026-03-01T09:00:00Z\",\"target\":\"xero.Invoices\",\"why\":\"2026-01-04 is "
     "locked.\"},{\"code\":\"locked-period\",\"fix\":\"Move the lock "
     "date.\",\"id\":14,\"integration\":\"acme\",\"key\":\"e4\",\"mapping\":\"bill\",\"target\":"
     "\"xero.Invoices\",\"why\":\"2026-01-04 is "
     "locked.\"},{\"code\":\"locked-period\",\"fix\":\"Move the lock "
     "date.\",\"id\":15,\"integration\":\"acme\",\"key\":\"e5\",\"mapping\":\"bill\",\"target\":"
     "\"xero.Invoices\",\"why\":\"2026-01-04 is "
     "locked.\"},{\"code\":\"locked-period\",\"fix\":\"Move the lock "
     "date.\",\"id\":16,\"integration\":\"acme\",\"key\":\"e6\",\"mapping\":\"bill\",\"target\":"
     "\"xero.Invoices\",\"why\":\"2026-01-04 is "
     "locked.\"},{\"code\":\"locked-period\",\"fix\":\"Move the lock "
     "date.\",\"id\":17,\"integration\":\"acme\",\"key\":\"e7\\u009b31m\",\"mapping\":\"bill\","
     "\"target\":\"xero.Invoices\",\"why\":\"2026-01-04 is "
     "locked.\"}],\"records\":[{\"key\":\"e9\",\"list\":\"expenses\",\"why\":\"number: \\\"x\\\" "
     "is no number\"}]}\n"},
    {{"version"}, text_answer, 0, 0, "ferry 0.1.0\n"},
};
/* clang-format on */

static void commands__print_to_the_letter(void **state)
{
    check_printed(*state, all, sizeof all / sizeof *all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(commands__print_to_the_letter),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
