#include "map/draft.h"

/* Values → JSON of the target's fields. */

static json_t *reference_json(struct value document)
{
    json_t *pair = json_array(), *reference = json_object();

    json_array_append_new(pair, json_new_text(text_of(document.document.mapping)));
    json_array_append_new(pair, json_new_text(text_of(document.document.key)));
    json_object_set_new(reference, "@", pair);
    return reference;
}

static bool draft_reference(struct drafting *d, struct value value, json_t **ret)
{
    if (value.kind == VALUE_RECORD) {
        *ret = json_new_text(text_of(value.record.key));
    } else if (value.kind == VALUE_TEXT) {
        *ret = json_new_text(value.text);
    } else if (!value.document.key) {
        return evaluation_hold(d->e, "no-document", "There is no document '%s' to refer to.",
                               value.document.mapping);
    } else {
        *ret = reference_json(value);
    }
    return true;
}

static bool draft_money(struct drafting *d, const struct draft *draft,
                        const struct field_type *field, struct money money, json_t **ret)
{
    struct drafted_money *entry = arena_alloc(d->e->arena, 1, sizeof *entry);

    *entry = (struct drafted_money){draft, field, d->filling, money, d->amounts};
    d->amounts = entry;
    if (field->kind == TYPE_MINOR) {
        /* cents on their wire too */
        struct decimal hundred = {1, 0}, minor;
        struct error err = {0};

        for (uint8_t i = 0; i < currency_digits(money.currency); i++) {
            hundred.coefficient *= 10;
        }
        if (!decimal_multiply(money.amount, hundred, &minor, &err)) {
            return evaluation_fail(d->e, &err);
        }
        money.amount = decimal_round(minor, 0, DECIMAL_HALF_UP);
    }
    *ret = json_new_decimal(money.amount);
    return true;
}

static bool draft_text(struct drafting *d, const struct field_type *field, struct value value,
                       json_t **ret)
{
    struct text text = value_spelling(value, d->e->arena);
    size_t characters = 0;

    for (size_t i = 0; i < text.size; i++) {
        characters += ((unsigned char)text.at[i] & 0xC0) != 0x80;
    }
    if (field->text_most && characters > field->text_most) {
        return evaluation_hold(d->e, "text-too-long",
                               "%s has %zu characters, and %u fit. Shorten it, or cut(…) it in "
                               "the mapping.",
                               field->name, characters, field->text_most);
    }
    d->bytes += text.size;
    if (d->bytes > DRAFT_MAX_BYTES) {
        return evaluation_hold(d->e, "too-long", "The document would be longer than %zu MB.",
                               DRAFT_MAX_BYTES >> 20);
    }
    *ret = json_new_text(text);
    return true;
}

static bool draft_list(struct drafting *d, const struct draft *draft,
                       const struct field_type *field, struct value value, json_t **ret)
{
    struct field_type one = *field;
    json_t *all = json_array(), *element = NULL;

    one.is_list = false;
    for (size_t i = 0; i < value.list.count; i++) {
        if (!draft_value(d, draft, &one, value.list.at[i], &element)) {
            json_decref(all);
            return false;
        }
        json_array_append_new(all, element);
    }
    *ret = all;
    return true;
}

bool draft_value(struct drafting *d, const struct draft *draft, const struct field_type *field,
                 struct value value, json_t **ret)
{
    *ret = NULL;
    if (value_is_absent(value)) {
        return true;
    }
    if (field->is_list && value.kind == VALUE_LIST) {
        return draft_list(d, draft, field, value, ret);
    }
    switch (field->kind) {
    case TYPE_REFERENCE:
        return draft_reference(d, value, ret);
    case TYPE_MONEY:
    case TYPE_MINOR:
        return draft_money(d, draft, field, value.money, ret);
    case TYPE_DECIMAL:
        *ret = json_new_decimal(value.number);
        return true;
    case TYPE_BOOL:
        *ret = json_boolean(value.truth);
        return true;
    case TYPE_FILE:
        *ret = json_pack("{s:O}", "file", (json_t *)(uintptr_t)value.file);
        return true;
    default:
        return draft_text(d, field, value, ret);
    }
}

/* ---- one currency ---- */

static struct record_value record_of_draft(const struct draft *draft)
{
    return (struct record_value){
        .list = "", .key = "", .shape = draft->shape, .json = draft->json, .is_loaded = true};
}

static bool wanted_currency(struct drafting *d, const struct drafted_money *amount, char ret[4])
{
    struct scope outer = {.here = amount->draft->outer ? record_of_draft(amount->draft->outer)
                                                       : (struct record_value){0}};
    struct scope scope = {.here = record_of_draft(amount->draft),
                          .parent = amount->draft->outer ? &outer : NULL};
    struct value currency;

    ret[0] = '\0';
    if (!amount->field->currency) {
        return true;
    }
    if (!evaluate(d->e, amount->field->currency, &scope, &currency)) {
        /* what it refers to is held or waits: its fate says enough */
        bool unknown = d->e->held && strcmp(d->e->code, UNKNOWN_DOCUMENT) == 0;

        d->e->held = d->e->held && !unknown;
        return unknown;
    }
    if (value_is_absent(currency) && d->e->world && d->e->world->org) {
        currency = value_of_text(json_text(json_path(d->e->world->org, "BaseCurrency")));
    }
    if (currency.kind == VALUE_TEXT && currency.text.at && currency.text.size == 3) {
        memcpy(ret, currency.text.at, 3);
        ret[3] = '\0';
    }
    return true;
}

bool draft_check_currencies(struct drafting *d)
{
    for (const struct drafted_money *a = d->amounts; a; a = a->next) {
        char wanted[4], digits[DECIMAL_TEXT_MAX];

        if (!wanted_currency(d, a, wanted)) {
            d->field = a->at;
            return false;
        }
        if (wanted[0] && a->money.currency[0] && strcmp(wanted, a->money.currency) != 0 &&
            decimal_sign(a->money.amount) != 0) {
            d->field = a->at;
            return evaluation_hold(
                d->e, "wrong-currency", "%s is %s %s, but the document is in %s.", a->field->name,
                decimal_format(a->money.amount, digits), a->money.currency, wanted);
        }
    }
    return true;
}
