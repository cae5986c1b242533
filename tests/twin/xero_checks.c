/* What every document is asked: its contact, currency, dates and link. */
#include <ctype.h>
#include <strings.h>

#include "xero.h"

json_t *contact_summary(const struct record *contact)
{
    json_t *j = json_object();

    value_set_text(j, "ContactID", contact->id);
    value_set_text(j, "Name", json_path_text(contact->json, "Name"));
    return j;
}

/* A contact as a document names it; one that is only named is made when the document is. */
void check_contact(const struct write *w, const json_t *element, struct outcome *o)
{
    const struct shelf *shelf = &w->org->shelves[CONTACTS];
    const json_t *given = json_object_get(element, "Contact");
    const char *id = json_path_text(given, "ContactID"), *name = json_path_text(given, "Name");
    const char *number = json_path_text(given, "ContactNumber");
    struct record *contact = *id       ? shelf_find(shelf, id)
                             : *number ? shelf_find_by(shelf, "ContactNumber", number, true)
                                       : shelf_find_by(shelf, "Name", name, true);

    if (!given && o->record) {
        return;
    }
    if (!*id && !*number && !*name) {
        refuse(o, "A Contact must be specified for this type of transaction");
    } else if (contact && strcmp(json_path_text(contact->json, "ContactStatus"), "ACTIVE") != 0) {
        refuse(o, "The specified contact details matched an archived contact. Archived contacts "
                  "cannot currently be edited via the API.");
    } else if (contact) {
        json_object_set_new(o->made, "Contact", contact_summary(contact));
    } else if (*id || *number) {
        refuse(o, "A Contact must be specified for this type of transaction: the contact does "
                  "not exist.");
    } else {
        json_object_set_new(o->made, "Contact", json_pack("{ss}", "Name", name));
    }
}

static void check_one_lock(const struct write *w, const char *field, const char *name,
                           struct date day, struct outcome *o)
{
    const struct shelf *shelf = &w->org->shelves[ORGANISATION];
    struct date locked;
    char text[DATE_TEXT_MAX];

    if (shelf->count > 0 && value_day(shelf->records[0]->json, field, &locked) &&
        date_compare(day, locked) <= 0) {
        refuse(o, "The document date cannot be before the %s lock date, currently set at %s", name,
               date_format(locked, text));
    }
}

void check_lock_dates(const struct write *w, struct date day, struct outcome *o)
{
    check_one_lock(w, "PeriodLockDate", "period", day, o);
    check_one_lock(w, "EndOfYearLockDate", "end of year", day, o);
}

static const char *base_currency(const struct write *w)
{
    const struct shelf *shelf = &w->org->shelves[ORGANISATION];

    return shelf->count ? json_path_text(shelf->records[0]->json, "BaseCurrency") : "";
}

void check_currency(const struct write *w, struct outcome *o)
{
    const char *base = base_currency(w), *code;

    if (!value_has(o->made, "CurrencyCode")) {
        value_set_text(o->made, "CurrencyCode", base);
    }
    code = json_path_text(o->made, "CurrencyCode");
    if (!shelf_find(&w->org->shelves[CURRENCIES], code)) {
        refuse(o, "Organisation is not subscribed to currency %s", code);
    }
    if (strcmp(code, base) == 0) {
        value_set_amount(o->made, "CurrencyRate", decimal_of(1));
    } else if (!value_has(o->made, "CurrencyRate")) {
        json_t *rate = json_object_get(w->org->rates, code);
        json_object_set_new(o->made, "CurrencyRate",
                            rate ? json_incref(rate) : value_amount(decimal_of(1)));
    } else if (decimal_sign(value_number(o->made, "CurrencyRate")) <= 0) {
        refuse(o, "The currency rate must be greater than zero.");
    }
}

/* The host part of an absolute http address. */
static struct text url_host(const char *url)
{
    struct text t = text_of(url), host;

    if (!text_starts(t, "http://") && !text_starts(t, "https://")) {
        return TEXT_NONE;
    }
    t = (struct text){strstr(url, "://") + 3, 0};
    t.size = strlen(t.at);
    host = text_split(&t, '/');
    return host.size > 0 ? host : TEXT_NONE;
}

void check_url(const struct write *w, struct outcome *o)
{
    const char *url = json_path_text(o->made, "Url");
    struct text host = url_host(url);
    char name[256], *marker;

    if (!*url) {
        return;
    }
    snprintf(name, sizeof name, "%.*s", (int)host.size, host.at ? host.at : "");
    if (!host.at || strcasestr(name, "xero")) {
        refuse(o, "Url must be a valid absolute url.");
        return;
    }
    if (w->twin->switches.drop_url_marker && strchr(url, '#')) {
        AUTO_FREE char *cut = memory_copy_text(url);
        marker = strchr(cut, '#');
        *marker = '\0';
        value_set_text(o->made, "Url", cut);
    }
}
