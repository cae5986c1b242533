/*
 * The log: one JSON object a line on stderr (or in a file), with time, level, event, and pairs of
 * names and values. Library rooms do not log, they return errors; steps/, cli/ and main.c log.
 * A value whose name is a secret's (token, key, secret, authorization, password) is replaced.
 */
#ifndef FERRY_BASE_LOG_H
#define FERRY_BASE_LOG_H

#include "base/clock.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARNING, LOG_ERROR };

/* clock: borrowed for ever; NULL: the system's. fd: where to; -1 stays silent. Any thread. */
void log_open(const struct clock *clock, int fd, enum log_level least);
/* Pairs of const char *name, const char *value, ended by NULL. */
void log_event(enum log_level level, const char *event, ...) __attribute__((sentinel));

#endif
