/* A small connector with nothing wrong, to compare the others with. */
#include "ferry/connector.h"

static const struct ferry_list lists[] = {
    {.name = "orders",
     .about = "what was \"ordered\"",
     .record = "*id: text, total: money(currency), currency: text",
     .derive = FIELDS({"net", "total"}),
     .read = READ(.get = "GET /orders", .records = "items.*", .overlap_s = 60)},
    {.name = "links",
     .record = "*id: text, url: text",
     .write = WRITE(.update = "PATCH /orders/{id}")},
};
static const struct ferry_mapping mappings[] = {
    {.name = "invoice",
     .from = "orders",
     .to = "xero.Invoices",
     .guards = GUARDS(SKIP_IF("net == 0", "nothing: nothing to pay"),
                      HOLD_IF("net < 0", "negative: The order is negative.")),
     .match = MATCH("InvoiceNumber == parent.id", "Reference == parent.id"),
     .fields = FIELDS({"InvoiceNumber", "id"}, {"Date", "date"}),
     .parts = PARTS({.name = "line", .to = "LineItems", .fields = FIELDS({"Quantity", "1"})}),
     .gone = "'remove'"},
    {.name = "link",
     .from = "orders",
     .to = "links",
     .fields = FIELDS({"id", "id"}, {"url", "@invoice.url"})},
};
static const struct ferry_flow flows[] = {
    {.name = "orders", .when = "every 15m", .mappings = ALL(mappings)},
};

FERRY_CONNECTOR("good", "1.2.3", .name = "Good", .about = "Für Tests",
                .hosts = "api api.example.com; files *.example.com", .login = "bearer",
                .options = OPTIONS({"account", "text", NULL, "the account"}), .lists = ALL(lists),
                .flows = ALL(flows),
                .answers = GUARDS(RETRY_IF("status == 503", "busy: The other side is busy.")))
