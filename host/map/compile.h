/* The steps of map_compile. Each goes on after a complaint, so that all of them are found. */
#ifndef FERRY_MAP_COMPILE_H
#define FERRY_MAP_COMPILE_H

#include "map/check.h"

/* What a connector calls its own things: letters, digits and '_', beginning with a letter. So no
 * list of a connector is called like one of Xero, and keys, paths and messages stay readable. */
bool compile_name(struct checker *c, const char *name);
/* Lists, options, and the shapes of the language's own records: no expression is looked at. */
void compile_lists(struct checker *c, const struct declaration *xero);
void compile_options(struct checker *c);
/* The record type of a list, as text: as it is declared, or of the columns of its form. */
const char *compile_record_of(struct checker *c, const struct declared_list *declared);
/* Mappings by name, with what they take and make. */
void compile_mappings(struct checker *c);
/* Every expression of lists and options. */
void check_lists(struct checker *c);
/* Every expression of flows and mappings; fields from the config take the place of declared ones.
 */
void check_flows(struct checker *c, const struct map_overrides *overrides);
/* What only the whole shows: cycles, order, two writers, options that nothing uses. */
void compile_finish(struct checker *c);

/* Parse; NULL after a complaint at `where`. */
const struct node *compile_expression(struct checker *c, const char *where, const char *source);
/* Parse and check against a wanted type (NULL: any); NULL after a complaint. */
const struct node *compile_checked(struct checker *c, const char *where, const char *source,
                                   const struct place *place, const struct type *want);
bool compile_guards(struct checker *c, const char *where, const struct declared_guards *declared,
                    struct place *place, struct rule_guard **ret);
/* The fields and parts that are declared, before the config changes them. */
void prepare_rule(struct checker *c, struct rule *rule);
bool compile_rule(struct checker *c, const char *where, struct rule *rule,
                  const struct record_type *target, struct place *place);
/* {names} of a template are fields of the record, or words of the host. */
void check_template(struct checker *c, const char *where, const char *source,
                    const struct shape *shape);

#endif
