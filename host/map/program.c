#include "map/program.h"

struct map_list *program_list(const struct program *program, const char *name)
{
    for (size_t i = 0; i < program->list_count; i++) {
        if (strcmp(program->lists[i].declared->name, name) == 0) {
            return &program->lists[i];
        }
    }
    return NULL;
}

struct map_mapping *program_mapping(const struct program *program, const char *name)
{
    for (size_t i = 0; i < program->mapping_count; i++) {
        if (strcmp(program->mappings[i].rule.declared->name, name) == 0) {
            return &program->mappings[i];
        }
    }
    return NULL;
}

const struct search *program_search(const struct program *program, const struct node *predicate)
{
    return dict_get(program->searches, NODE_KEY(predicate));
}

const struct shape *program_shape(const struct program *program, const struct node *call)
{
    return dict_get(program->shapes, NODE_KEY(call));
}

/* ---- what the rest of the house asks ---- */

const struct declaration *map_declaration(const struct program *program)
{
    return program->connector;
}

size_t map_list_count(const struct program *program)
{
    return program->list_count;
}

const struct map_list *map_list_at(const struct program *program, size_t index)
{
    return &program->lists[index];
}

const struct map_list *map_list_find(const struct program *program, const char *name)
{
    return program_list(program, name);
}

const struct record_type *map_list_type(const struct map_list *list)
{
    return list->type;
}

const struct declared_list *map_list_declared(const struct map_list *list)
{
    return list->declared;
}

const struct map_list *map_field_refers_to(const struct program *program,
                                           const struct map_list *list, const char *field)
{
    const struct field_type *type = record_type_field(list->type, field);

    return type && type->kind == TYPE_REFERENCE && type->name_count == 1
               ? program_list(program, type->names[0])
               : NULL;
}

bool map_list_is_read(const struct program *program, const struct map_list *list)
{
    (void)program;
    return list->is_read;
}

bool map_list_is_small(const struct map_list *list)
{
    return list->is_small;
}

bool map_list_is_kept(const struct map_list *list)
{
    const struct declared_list *declared = list->declared;

    return !declared->has_read && !declared->has_write && declared->form.count == 0;
}

bool map_mapping_has_others(const struct map_mapping *mapping)
{
    return mapping->others != NULL;
}

size_t map_mapping_count(const struct program *program)
{
    return program->mapping_count;
}

const struct map_mapping *map_mapping_at(const struct program *program, size_t index)
{
    return &program->mappings[index];
}

const struct map_mapping *map_mapping_find(const struct program *program, const char *name)
{
    return program_mapping(program, name);
}

const struct declared_mapping *map_mapping_declared(const struct map_mapping *mapping)
{
    return mapping->rule.declared;
}

const char *map_mapping_flow(const struct map_mapping *mapping)
{
    return mapping->flow;
}

const struct map_list *map_mapping_base(const struct map_mapping *mapping)
{
    return mapping->base;
}

const struct map_list *map_mapping_target(const struct map_mapping *mapping)
{
    return mapping->target;
}

bool map_mapping_is_group(const struct map_mapping *mapping)
{
    return mapping->from == FROM_GROUP;
}

bool map_mapping_is_on_demand(const struct program *program, const struct map_mapping *mapping)
{
    if (mapping->match_count == 0 || strcmp(mapping->rule.declared->gone, "'leave'") != 0) {
        return false;
    }
    for (size_t i = 0; i < program->mapping_count; i++) {
        if (program->mappings[i].sends[mapping->index]) {
            return true;
        }
    }
    return false;
}

bool map_mapping_refers(const struct map_mapping *mapping, const struct map_mapping *to)
{
    return mapping->refers && mapping->refers[to->index];
}

const size_t *map_sending_order(const struct program *program)
{
    return program->order;
}
