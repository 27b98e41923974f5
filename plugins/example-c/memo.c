/* A plugin in plain C: it proves that the boundary needs nothing of Rust.
 *
 * It reads memos of a made-up regulator:
 *
 *     Memo of the Office for Examples
 *     Memo reference: AB-12
 *
 * Build, pack and try it:
 *
 *     cc -shared -fPIC -O2 -I plugins/abi/include -o libmemo.so plugins/example-c/memo.c
 *     findings plugin pack libmemo.so -o memo-plugin
 *     findings plugin trust memo-plugin
 *     findings extract --plugin-dir memo-plugin memo.txt
 */
#include "findings_plugin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char MANIFEST[] =
    "{\"id\": \"example-c\", \"version\": \"1.0.0\", \"description\": \"Memos, read by a plugin in C\","
    " \"formats\": [{\"id\": \"examples.memo\", \"title\": \"Memo of the Office for Examples\","
    "  \"regulator\": \"examples\", \"editions\": [{\"id\": \"1\", \"years\": \"2026\", \"note\": \"the only one\"}],"
    "  \"anchors\": [{\"phrases\": [\"Memo of the Office for Examples\"], \"place\": \"opening\", \"weight\": 0.8}]}],"
    " \"schemas\": [{\"id\": \"urn:findings:schema:example-memo:1.0\", \"describes\": \"extension\", \"schema\": {"
    "  \"$id\": \"urn:findings:schema:example-memo:1.0\", \"type\": \"object\", \"required\": [\"reference\"],"
    "  \"properties\": {\"reference\": {\"type\": \"string\"}}}}]}";

/* A part of the request. */
typedef struct {
  const char *data;
  size_t len;
} Part;

/* The value that starts at `at`, strings and nesting minded; an empty part if the text ends first. */
static Part value_at(Part json, size_t at) {
  size_t depth = 0, start = at;
  int in_string = 0;
  for (; at < json.len; at++) {
    char c = json.data[at];
    if (in_string) {
      if (c == '\\') at++;
      else if (c == '"') in_string = 0;
      if (!in_string && depth == 0) return (Part){json.data + start, at + 1 - start};
    } else if (c == '"') {
      in_string = 1;
    } else if (c == '{' || c == '[') {
      depth++;
    } else if (c == '}' || c == ']') {
      if (depth == 0) return (Part){json.data + start, at - start};
      if (--depth == 0) return (Part){json.data + start, at + 1 - start};
    } else if (c == ',' && depth == 0) {
      return (Part){json.data + start, at - start};
    }
  }
  return (Part){NULL, 0};
}

/* A member of the outermost object, or an empty part. */
static Part member(Part json, const char *name) {
  size_t at = 0, length = strlen(name);
  while (at < json.len && json.data[at] != '{') at++;
  for (at++; at < json.len;) {
    Part key = value_at(json, at);
    if (key.data == NULL || key.len < 2 || key.data[0] != '"') break;
    /* A key runs to its quotation mark; then a colon. */
    at = (size_t)(key.data - json.data) + key.len;
    while (at < json.len && (json.data[at] == ':' || json.data[at] == ' ')) at++;
    Part value = value_at(json, at);
    if (value.data == NULL) break;
    if (key.len == length + 2 && memcmp(key.data + 1, name, length) == 0) return value;
    at = (size_t)(value.data - json.data) + value.len;
    while (at < json.len && (json.data[at] == ',' || json.data[at] == ' ')) at++;
  }
  return (Part){NULL, 0};
}

/* Where a text stands in a part, or NULL. */
static const char *find(Part in, const char *text) {
  size_t length = strlen(text);
  for (size_t at = 0; at + length <= in.len; at++)
    if (memcmp(in.data + at, text, length) == 0) return in.data + at;
  return NULL;
}

static int say(FindingsBuffer *answer, int status, const char *text) {
  size_t len = strlen(text);
  answer->data = malloc(len + 1);
  if (answer->data == NULL) return FINDINGS_FAILED;
  memcpy(answer->data, text, len);
  answer->len = len;
  return status;
}

/* The record, with what it says of the reference given from outside. */
static int record(Part request, const char *reference, const char *quote, FindingsBuffer *answer) {
  static const char RECORD[] =
      "{\"schema\": \"urn:findings:schema:inspection-report:1.0\", \"document\": %.*s,"
      " \"format\": {\"id\": \"examples.memo\", \"edition\": \"1\"}, \"run\": %.*s, \"regulator\": \"examples\","
      " \"provider\": {\"name\": null, \"printed\": null, \"kind\": \"office\", \"ids\": null, \"region\": null,"
      "  \"ids_current\": null, \"successors\": []},"
      " \"inspection\": {\"framework\": \"memo\", \"type\": \"memo\", \"theme\": null, \"start\": null, \"end\": null,"
      "  \"visits\": []},"
      " \"published\": null, \"letter\": null, \"inspectors\": [], \"judgements\": [], \"improvements\": [],"
      " \"strengths\": [], \"sections\": [], \"footnotes\": [], \"figures\": [], \"mentions\": [],"
      " \"extension\": {\"reference\": \"%s\"},"
      " \"evidence\": {\"/extension/reference\": {\"status\": \"found\", \"spans\": [{\"page\": 1, \"bbox\": null}],"
      "  \"quote\": \"%s\", \"rule\": \"memo.reference\"}}, \"diagnostics\": []}";
  Part document = member(request, "document"), run = member(request, "run");
  if (document.data == NULL || run.data == NULL) return say(answer, FINDINGS_BAD_REQUEST, "no document");
  size_t room = sizeof RECORD + document.len + run.len + strlen(reference) + strlen(quote) + 1;
  char *text = malloc(room);
  if (text == NULL) return FINDINGS_FAILED;
  int len = snprintf(text, room, RECORD, (int)document.len, document.data, (int)run.len, run.data, reference, quote);
  answer->data = (uint8_t *)text;
  answer->len = (size_t)len;
  return FINDINGS_OK;
}

/* The word after a label in the blocks; empty if there is none. */
static void word_after(Part request, const char *label, char *word, size_t room) {
  Part blocks = member(request, "blocks");
  const char *at = blocks.data == NULL ? NULL : find(blocks, label);
  size_t n = 0;
  if (at != NULL)
    for (at += strlen(label); at < blocks.data + blocks.len && n + 1 < room; at++) {
      if (*at == ' ' || *at == '"' || *at == '\\') break;
      word[n++] = *at;
    }
  word[n] = '\0';
}

#ifndef MEMO_WITHOUT_ENTRY
static int memo_extract(FindingsSlice request, FindingsBuffer *answer) {
  char reference[64];
  Part json = {(const char *)request.data, request.len};
  if (member(json, "document").data == NULL) return say(answer, FINDINGS_BAD_REQUEST, "this is no text model");
  word_after(json, "Memo reference: ", reference, sizeof reference);
  if (reference[0] == '\0') return FINDINGS_NOT_MINE;
  return record(json, reference, reference, answer);
}
#else
static int memo_extract(FindingsSlice request, FindingsBuffer *answer);
#endif

static int memo_detect(FindingsSlice request, FindingsBuffer *answer) {
  Part json = {(const char *)request.data, request.len};
  int mine = find(json, "Memo of the Office for Examples") != NULL;
  return say(answer, FINDINGS_OK, mine ? "[{\"format\": \"examples.memo\", \"score\": 0.8}]" : "[]");
}

static void memo_free(FindingsBuffer buffer) { free(buffer.data); }

static const FindingsPlugin PLUGIN = {
    .magic = {'F', 'I', 'N', 'D', 'I', 'N', 'G', 'S'},
    .size = sizeof(FindingsPlugin),
    .abi_major = FINDINGS_ABI_MAJOR,
    .abi_minor = FINDINGS_ABI_MINOR,
    .manifest = {(const uint8_t *)MANIFEST, sizeof MANIFEST - 1},
    .detect = memo_detect,
    .extract = memo_extract,
    .free = memo_free,
};

const FindingsPlugin *findings_plugin_v1(const FindingsHost *host) {
  if (host == NULL || host->abi_major != FINDINGS_ABI_MAJOR) return NULL;
  return &PLUGIN;
}
