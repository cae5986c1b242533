/*
 * base/: what C lacks. Uses no other room. Each idea has its own header; this one is for those
 * who want them all.
 */
#ifndef FERRY_BASE_H
#define FERRY_BASE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/dict.h"
#include "base/error.h"
#include "base/fault.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/money.h"
#include "base/suggest.h"
#include "base/text.h"

#endif
