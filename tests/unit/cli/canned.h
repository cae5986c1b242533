/* Answers as an engine may give them; one has control characters in it, as sources have. */
#ifndef FERRY_TESTS_CLI_CANNED_H
#define FERRY_TESTS_CLI_CANNED_H

/* clang-format off: as they are read */
static const char status_answer[] =
    "{\"clock\":\"2026-03-01T12:00:00Z\",\"store\":{\"path\":\"/var/lib/ferry/"
    "ferry.db\",\"restored\":false},\"integrations\":[\n"
    "{\"name\":\"acme-payhawk\",\"connector\":\"payhawk\",\"version\":\"1.0.0\",\"organisation\":"
    "\"Acme Müller "
    "Ltd\",\"tenant\":\"t1\",\"enabled\":true,\"state\":\"ok\",\"isolation\":\"full\",\n"
    "\"flows\":[{\"name\":\"expenses\",\"when\":\"every "
    "15m\",\"last_run_at\":\"2026-03-01T11:57:00Z\",\"last_result\":\"ok\",\"next_run_at\":\"2026-"
    "03-01T12:12:00Z\",\"running\":false},\n"
    "{\"name\":\"feed\",\"when\":\"at 08:00 "
    "13:00\",\"last_run_at\":\"2026-03-01T08:00:00Z\",\"last_result\":\"partly\",\"next_run_at\":"
    "\"2026-03-01T13:00:00Z\",\"running\":true}],\n"
    "\"documents\":{\"bill\":{\"done\":120,\"held\":2,\"waiting\":3},\"payment\":{\"done\":80}},"
    "\"oldest_held_at\":\"2026-02-27T12:00:00Z\",\n"
    "\"quota\":{\"minute_left\":58,\"day_left\":4200,\"wake_at\":null},\"source\":{\"records\":431,"
    "\"bad\":1},\"message\":\"\"},\n"
    "{\"name\":\"acme-humi\",\"connector\":\"humi\",\"version\":\"0.9.1\",\"organisation\":\"Acme "
    "Müller Ltd\",\"enabled\":true,\"state\":\"needs-login\",\"isolation\":\"full\",\n"
    "\"flows\":[],\"documents\":{},\"quota\":{},\"source\":{\"records\":0,\"bad\":0},\"message\":"
    "\"Log in: ferry connect acme-humi\\u001b[2J\"}]}";

static const char restored_answer[] = "{\"integrations\":[],\"store\":{\"restored\":true}}";

static const char held_answer[] =
    "{\"clock\":\"2026-03-01T12:00:00Z\",\"documents\":[\n"
    "{\"integration\":\"acme\",\"mapping\":\"bill\",\"key\":\"e1\",\"id\":11,\"target\":\"xero."
    "Invoices\",\"code\":\"lines-total\",\"why\":\"The lines do not add up to the "
    "expense.\",\"fix\":\"Correct the expense in "
    "Payhawk.\",\"link\":\"https://portal.payhawk.com/"
    "e1\",\"since\":\"2026-03-01T09:00:00Z\",\"amount\":12.50,\"currency\":\"GBP\",\"record\":"
    "\"e1\"},\n"
    "{\"integration\":\"acme\",\"mapping\":\"bill\",\"key\":\"e2\",\"id\":12,\"target\":\"xero."
    "Invoices\",\"code\":\"locked-period\",\"why\":\"2026-01-03 is locked.\",\"fix\":\"Move the "
    "lock date.\",\"since\":\"2026-03-01T09:00:00Z\",\"amount\":1000000.00,\"currency\":\"GBP\"},\n"
    "{\"integration\":\"acme\",\"mapping\":\"bill\",\"key\":\"e3\",\"id\":13,\"target\":\"xero."
    "Invoices\",\"code\":\"locked-period\",\"why\":\"2026-01-04 is locked.\",\"fix\":\"Move the "
    "lock date.\",\"since\":\"2026-03-01T09:00:00Z\"},\n"
    "{\"integration\":\"acme\",\"mapping\":\"bill\",\"key\":\"e4\",\"id\":14,\"target\":\"xero."
    "Invoices\",\"code\":\"locked-period\",\"why\":\"2026-01-04 is locked.\",\"fix\":\"Move the "
    "lock date.\"},\n"
    "{\"integration\":\"acme\",\"mapping\":\"bill\",\"key\":\"e5\",\"id\":15,\"target\":\"xero."
    "Invoices\",\"code\":\"locked-period\",\"why\":\"2026-01-04 is locked.\",\"fix\":\"Move the "
    "lock date.\"},\n"
    "{\"integration\":\"acme\",\"mapping\":\"bill\",\"key\":\"e6\",\"id\":16,\"target\":\"xero."
    "Invoices\",\"code\":\"locked-period\",\"why\":\"2026-01-04 is locked.\",\"fix\":\"Move the "
    "lock date.\"},\n"
    "{\"integration\":\"acme\",\"mapping\":\"bill\",\"key\":\"e7\\u009b31m\",\"id\":17,\"target\":"
    "\"xero.Invoices\",\"code\":\"locked-period\",\"why\":\"2026-01-04 is locked.\",\"fix\":\"Move "
    "the lock date.\"}],\n"
    "\"records\":[{\"list\":\"expenses\",\"key\":\"e9\",\"why\":\"number: \\\"x\\\" is no "
    "number\"}]}";

static const char nothing_answer[] = "{\"documents\":[],\"records\":[]}";

static const char plan_answer[] =
    "{\"name\":\"acme\",\"hash\":\"c0ffee\",\"read\":431,\"new\":3,\"changed\":1,\"documents\":{"
    "\"bill\":{\"ready\":2,\"held\":1},\"payment\":{\"waiting\":1}},\"calls\":{\"payhawk\":5,"
    "\"xero\":2},\"writes\":0,\"seconds\":1.25,\n"
    "\"changes\":[{\"action\":\"create\",\"mapping\":\"bill\",\"key\":\"e1\",\"target\":\"xero."
    "Invoices\",\"summary\":\"Taxi, Jane Doe\",\"amount\":12.50,\"currency\":\"GBP\"},\n"
    "{\"action\":\"remove\",\"mapping\":\"bill\",\"key\":\"e2\",\"target\":\"xero.Invoices\","
    "\"summary\":\"Lunch\\nwith newline\",\"amount\":7,\"currency\":\"EUR\"}]}";

static const char noplan_answer[] =
    "{\"name\":\"acme\",\"hash\":\"beef\",\"changes\":[],\"read\":0,\"new\":0,\"changed\":0,"
    "\"documents\":{},\"writes\":0,\"seconds\":0.01}";

static const char sync_answer[] = "{\"read\":431,\"new\":3,\"changed\":1,\"documents\":{\"done\":3,"
                                  "\"held\":1},\"calls\":{\"xero\":2},\"writes\":3,\"seconds\":4}";

static const char changed_answer[] = "{\"changed\":2}";

static const char history_answer[] =
    "{\"clock\":\"2026-03-01T12:00:00Z\",\"document\":{\"integration\":\"acme\",\"mapping\":"
    "\"bill\",\"key\":\"e1\",\"id\":11,\"state\":\"done\",\"target\":\"xero.Invoices\",\"target_"
    "id\":\"x-1\",\"url\":\"https://go.xero.com/"
    "x-1\",\"amount\":12.50,\"currency\":\"GBP\"},\"events\":[{\"at\":\"2026-03-01T11:00:00Z\","
    "\"who\":\"ferry\",\"what\":\"write\",\"detail\":\"create\"},\n"
    "{\"at\":\"2026-03-01T11:59:30Z\",\"who\":\"dana\",\"what\":\"retry\",\"detail\":\"\"}]}";

static const char accounts_answer[] =
    "{\"accounts\":[{\"source\":\"cat-7\",\"code\":\"404\",\"name\":\"Travel\",\"account\":\"493 "
    "Travel\",\"status\":\"mapped\",\"uses\":12},\n"
    "{\"source\":\"cat-9\",\"code\":\"\",\"name\":\"Gifts\",\"account\":\"\",\"status\":"
    "\"unmapped\",\"uses\":1}]}";

static const char forms_answer[] =
    "{\"forms\":[{\"name\":\"department_lookup\",\"about\":\"which account a department books "
    "to\",\"columns\":[{\"name\":\"department\",\"type\":\"text\",\"about\":\"its name in "
    "Humi\"},\n"
    "{\"name\":\"account\",\"type\":\"text?\",\"value\":\"'404'\",\"about\":\"the account in "
    "Xero\"}]}]}";

static const char checks_answer[] =
    "{\"checks\":[{\"name\":\"store\",\"ok\":true,\"text\":\"can be written\"},\n"
    "{\"name\":\"landlock\",\"ok\":false,\"text\":\"This kernel has none.\",\"fix\":\"Use Linux "
    "5.13 or later.\"}]}";

static const char connected_answer[] = "{\"connected\":{\"name\":\"acme\",\"organisation\":\"Acme "
                                       "Ltd\",\"until\":\"2026-04-30T00:00:00Z\"}}";

static const char text_answer[] = "{\"text\":\"The login is forgotten.\"}";

static const char audit_answer[] =
    "{\"clock\":\"2026-03-01T12:00:00Z\",\"entries\":[{\"at\":\"2026-03-01T11:00:00Z\",\"who\":"
    "\"dana\",\"what\":\"skip\",\"about\":\"bill/e1\",\"detail\":\"by "
    "hand\",\"hash\":\"0123456789abcdef0123\"}],\"verified\":false,\"text\":\"Entry 7 does not "
    "fit.\"}";

static const char keys_answer[] =
    "{\"keys\":[{\"id\":\"k1\",\"made_at\":\"2026-01-01T00:00:00Z\",\"state\":\"retired\",\"uses\":"
    "0},\n"
    "{\"id\":\"k2\",\"made_at\":\"2026-02-01T00:00:00Z\",\"state\":\"active\",\"uses\":6}],"
    "\"text\":\"Six grants were sealed anew.\"}";

static const char adopt_answer[] =
    "{\"checked\":120,\"linked\":3,\"missing\":0,\"text\":\"Writing goes on.\"}";
/* clang-format on */

#endif
