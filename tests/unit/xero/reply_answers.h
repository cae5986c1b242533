/* What Xero may answer to a write, and what that proves of each element. */
#ifndef FERRY_TESTS_REPLY_ANSWERS_H
#define FERRY_TESTS_REPLY_ANSWERS_H

#include "xero/xero.h"

#define ID1  "11111111-1111-1111-1111-111111111111"
#define ID2  "22222222-2222-2222-2222-222222222222"
#define ID3  "33333333-3333-3333-3333-333333333333"
#define ZERO "00000000-0000-0000-0000-000000000000"

/* One invoice as Xero repeats it. */
#define INVOICE(id, mark, more)                                                                    \
    "{\"InvoiceID\":\"" id "\",\"Url\":\"https://a.example/#ferry=" mark "\"" more "}"
#define BARE(id)      "{\"InvoiceID\":\"" id "\"}"
#define INVOICES(all) "{\"Id\":\"x\",\"Status\":\"OK\",\"Invoices\":[" all "]}"
#define SAYS(message) ",\"ValidationErrors\":[{\"Message\":\"" message "\"}]"
#define REFUSED(elements)                                                                          \
    "{\"ErrorNumber\":10,\"Type\":\"ValidationException\","                                        \
    "\"Message\":\"A validation exception occurred\",\"Elements\":[" elements "]}"
#define PROBLEM(status, title, detail)                                                             \
    "{\"Type\":null,\"Title\":\"" title "\",\"Status\":" #status ",\"Detail\":\"" detail           \
    "\",\"Instance\":\"" ID3 "\",\"Extensions\":{}}"

#define GOOD1    INVOICE(ID1, "a1", "")
#define GOOD2    INVOICE(ID2, "a2", "")
#define LOCKED   "The document date cannot be before the period lock date, currently set at 1 May"
#define BAD2     INVOICE(ZERO, "a2", ",\"HasErrors\":true" SAYS(LOCKED))
#define REUSED   "Idempotency Key: k-1 is used with a different request."
#define NO_PAGE  "<html><body>The resource you're looking for cannot be found</body></html>"
#define NOT_HERE "<!DOCTYPE html><h1>404</h1>"
#define CRASH    "An unhandled error with the Xero API occurred. Contact the Xero API team"
#define PAUSED   "The Xero API is currently offline for maintenance"

static const char *const marks[] = {"a1", "a2", "a3"};

struct row {
    const char *what;
    int status;
    const char *body;
    const char *fates; /* one letter for each element that was sent: D R N U */
    const char *code;  /* of the whole */
    const char *www;   /* WWW-Authenticate; NULL none */
    bool cut;          /* not read to its end */
    bool whole;        /* whole_refused */
    enum xero_not_run why;
};

/* clang-format off */
static const struct row answers[] = {
    {.what = "all well", .status = 200, .body = INVOICES(GOOD1 "," GOOD2), .fates = "DD"},
    {.what = "201 is well too", .status = 201, .body = INVOICES(GOOD1), .fates = "D"},
    {.what = "envelope of another case", .status = 200, .body = "{\"invoices\":[" GOOD1 "]}",
     .fates = "D"},
    {.what = "one failed", .status = 200, .body = INVOICES(GOOD1 "," BAD2), .fates = "DR"},
    {.what = "HasErrors without a word", .status = 200,
     .body = INVOICES(INVOICE(ID1, "a1", ",\"HasErrors\":true")), .fates = "R"},
    {.what = "HasValidationErrors", .status = 200,
     .body = INVOICES(INVOICE(ID1, "a1", ",\"HasValidationErrors\":true")), .fates = "R"},
    {.what = "StatusAttributeString ERROR", .status = 200,
     .body = INVOICES(INVOICE(ID1, "a1", ",\"StatusAttributeString\":\"ERROR\"")), .fates = "R"},
    {.what = "a warning is no error", .status = 200,
     .body = INVOICES(INVOICE(ID1, "a1", ",\"StatusAttributeString\":\"WARNING\","
         "\"Warnings\":[{\"Message\":\"rate\"}]")), .fates = "D"},
    {.what = "HasErrors false, no errors", .status = 200,
     .body = INVOICES(INVOICE(ID1, "a1", ",\"HasErrors\":false,\"ValidationErrors\":[]")),
     .fates = "D"},
    {.what = "another order", .status = 200, .body = INVOICES(GOOD2 "," GOOD1), .fates = "UU"},
    {.what = "another order, one in its place", .status = 200,
     .body = INVOICES(GOOD1 "," INVOICE(ID3, "a3", "") "," GOOD2), .fates = "DUU"},
    {.what = "an error of another is not ours", .status = 200, .body = INVOICES(BAD2 "," GOOD1),
     .fates = "UU"},
    {.what = "marks were dropped", .status = 200, .body = INVOICES(BARE(ID1) "," BARE(ID2)),
     .fates = "DD"},
    {.what = "one mark twice", .status = 200, .body = INVOICES(GOOD1 "," INVOICE(ID2, "a1", "")),
     .fates = "DU"},
    {.what = "one id twice", .status = 200,
     .body = INVOICES(GOOD1 "," INVOICE(ID1, "a2", "") "," INVOICE(ID3, "a3", "")), .fates = "UUD"},
    {.what = "zero id", .status = 200, .body = INVOICES(INVOICE(ZERO, "a1", "")), .fates = "U"},
    {.what = "no id", .status = 200, .body = INVOICES("{}"), .fates = "U"},
    {.what = "null element", .status = 200, .body = INVOICES(GOOD1 ",null"), .fates = "DU"},
    {.what = "fewer than sent", .status = 200, .body = INVOICES(GOOD1), .fates = "UU",
     .code = "answer-incomplete"},
    {.what = "more than sent", .status = 200, .body = INVOICES(GOOD1 "," GOOD2), .fates = "U",
     .code = "answer-incomplete"},
    {.what = "none", .status = 200, .body = INVOICES(""), .fates = "U",
     .code = "answer-incomplete"},
    {.what = "another envelope", .status = 200, .body = "{\"Contacts\":[" GOOD1 "]}",
     .fates = "U", .code = "answer-incomplete"},
    {.what = "no object", .status = 200, .body = "[" GOOD1 "]", .fates = "U",
     .code = "answer-incomplete"},
    {.what = "an object for a list", .status = 200, .body = "{\"Invoices\":" GOOD1 "}",
     .fates = "U", .code = "answer-incomplete"},
    {.what = "cut JSON", .status = 200, .body = "{\"Invoices\":[" GOOD1, .fates = "U",
     .code = "answer-untrusted"},
    {.what = "whole JSON of a cut answer", .status = 200, .body = INVOICES(GOOD1), .cut = true,
     .fates = "U", .code = "answer-untrusted"},
    {.what = "HTML with 200", .status = 200, .body = "<html>a hotel's network</html>",
     .fates = "UU", .code = "answer-untrusted"},
    {.what = "empty with 200", .status = 200, .body = "", .fates = "U",
     .code = "answer-untrusted"},
    {.what = "204", .status = 204, .body = "", .fates = "U", .code = "answer-untrusted"},
    {.what = "not UTF-8", .status = 200,
     .body = INVOICES(INVOICE(ID1, "a1", ",\"Reference\":\"caf\xe9\"")), .fates = "U",
     .code = "answer-untrusted"},
    {.what = "a name twice", .status = 200,
     .body = INVOICES("{\"InvoiceID\":\"" ID1 "\",\"InvoiceID\":\"" ID2 "\"}"), .fates = "U",
     .code = "answer-untrusted"},
    {.what = "redirect", .status = 302, .body = "", .fates = "U", .code = "answer-untrusted"},
    {.what = "whole refused, both blamed", .status = 400, .body = REFUSED(BAD2 "," BAD2),
     .fates = "RR", .whole = true, .code = "refused"},
    {.what = "whole refused, one blamed", .status = 400, .body = REFUSED(GOOD1 "," BAD2),
     .fates = "NR", .whole = true, .code = "refused"},
    {.what = "whole refused, in another order: nobody is blamed for another", .status = 400,
     .body = REFUSED(BAD2 "," GOOD1), .fates = "RR", .whole = true, .code = "refused"},
    {.what = "whole refused, elements do not match", .status = 400, .body = REFUSED(BAD2),
     .fates = "RR", .whole = true, .code = "refused"},
    {.what = "plain Message", .status = 400,
     .body = "{\"ErrorNumber\":17,\"Type\":\"PostDataInvalidException\","
         "\"Message\":\"JSON for post data was invalid\"}", .fates = "RR", .whole = true,
     .code = "refused"},
    {.what = "plain Message that is known", .status = 400, .body = "{\"Message\":\"" LOCKED "\"}",
     .fates = "R", .whole = true, .code = "locked-period"},
    {.what = "400 of HTML", .status = 400, .body = "<html>", .fates = "R", .whole = true,
     .code = "refused"},
    {.what = "key used for something else", .status = 400, .body = "{\"Message\":\"" REUSED "\"}",
     .fates = "UU", .code = "answer-untrusted"},
    {.what = "key used for something else, plain", .status = 400, .body = REUSED, .fates = "U",
     .code = "answer-untrusted"},
    {.what = "404", .status = 404, .body = NO_PAGE, .fates = "R", .whole = true,
     .code = "not-found"},
    {.what = "404 of other words", .status = 404, .body = NOT_HERE, .fates = "R", .whole = true,
     .code = "not-found"},
    {.what = "404 without words", .status = 404, .body = "", .fates = "R", .whole = true,
     .code = "not-found"},
    {.what = "413", .status = 413,
     .body = PROBLEM(413, "RequestEntityTooLarge", "PayloadTooLarge"), .fates = "R",
     .whole = true, .code = "too-large"},
    {.what = "400 cut", .status = 400, .body = "{\"Message\":", .cut = true, .fates = "U",
     .code = "answer-untrusted"},
    {.what = "408", .status = 408, .body = "", .fates = "U", .code = "answer-untrusted"},
    {.what = "token expired", .status = 401,
     .body = PROBLEM(401, "Unauthorized", "TokenExpired: token expired at 11/22/2026 10:00:00"),
     .fates = "NN", .why = XERO_TOKEN_EXPIRED, .code = "login-expired"},
    {.what = "scope, by header", .status = 401, .body = "", .www = "insufficient_scope",
     .fates = "N", .why = XERO_SCOPE_MISSING, .code = "scope-missing"},
    {.what = "scope, by body", .status = 401,
     .body = PROBLEM(401, "Unauthorized", "AuthorizationUnsuccessful"), .fates = "N",
     .why = XERO_SCOPE_MISSING, .code = "scope-missing"},
    {.what = "scope with 403", .status = 403, .body = "",
     .www = "Bearer error=\"insufficient_scope\"", .fates = "N", .why = XERO_SCOPE_MISSING,
     .code = "scope-missing"},
    {.what = "role with 401", .status = 401,
     .body = "You are not permitted to access this resource without the reporting role",
     .fates = "N", .why = XERO_FORBIDDEN, .code = "permission"},
    {.what = "disconnected", .status = 403,
     .body = PROBLEM(403, "Forbidden", "AuthenticationUnsuccessful"), .fates = "NN",
     .why = XERO_DISCONNECTED, .code = "disconnected"},
    {.what = "403 of other words", .status = 403, .body = "{}", .fates = "N",
     .why = XERO_FORBIDDEN, .code = "permission"},
    {.what = "429 without a body", .status = 429, .body = "", .fates = "NNN",
     .why = XERO_RATE_LIMITED, .code = "rate-limited"},
    {.what = "429 with a body", .status = 429, .body = "{\"Message\":\"too many\"}", .fates = "N",
     .why = XERO_RATE_LIMITED, .code = "rate-limited"},
    {.what = "429 cut", .status = 429, .body = "", .cut = true, .fates = "U",
     .code = "answer-untrusted"},
    {.what = "401 cut", .status = 401, .body = "", .cut = true, .fates = "U",
     .code = "answer-untrusted"},
    {.what = "500", .status = 500, .body = CRASH, .fates = "UU", .code = "answer-untrusted"},
    {.what = "500 that looks well", .status = 500, .body = INVOICES(GOOD1), .fates = "U",
     .code = "answer-untrusted"},
    {.what = "501", .status = 501, .body = "{\"ErrorNumber\":20}", .fates = "U",
     .code = "answer-untrusted"},
    {.what = "503", .status = 503, .body = PAUSED, .fates = "U", .code = "answer-untrusted"},
    {.what = "nothing", .status = 0, .body = "", .fates = "UU", .code = "no-answer"},
};
/* clang-format on */

#endif
