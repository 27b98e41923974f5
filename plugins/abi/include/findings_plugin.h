/* The C boundary between findings and its plugins, version 1.0.
 *
 * Generated from plugins/abi/src/lib.rs; update it with
 *     FINDINGS_WRITE=1 cargo test -p findings-plugin-abi
 *
 * A plugin exports one function:
 *     const FindingsPlugin *findings_plugin_v1(const FindingsHost *host);
 */

#ifndef FINDINGS_PLUGIN_H
#define FINDINGS_PLUGIN_H

#include <stddef.h>
#include <stdint.h>
#define FINDINGS_MAGIC "FINDINGS"


// Version of the boundary: another major version is another boundary.
#define FINDINGS_ABI_MAJOR 1

// What has been added to it; host and plugin work together whatever theirs is.
#define FINDINGS_ABI_MINOR 0

// All went well; the answer is in the buffer.
#define FINDINGS_OK 0

// The document is none of the plugin's formats.
#define FINDINGS_NOT_MINE 1

// The request could not be read: it is no JSON, or no text model that the plugin knows.
#define FINDINGS_BAD_REQUEST 2

// The plugin failed; the buffer may say why, as text.
#define FINDINGS_FAILED 3

// The plugin caught a panic or an exception of its own; the buffer may say which, as text.
#define FINDINGS_PANICKED 4

// Bytes that somebody else owns: valid until the call returns, for a manifest for ever.
typedef struct FindingsSlice {
  // First byte; not null.
  const uint8_t *data;
  // How many bytes.
  size_t len;
} FindingsSlice;

// Bytes that the plugin allocated and that the host gives back with `free`. All zero is an empty buffer.
typedef struct FindingsBuffer {
  // First byte, or null for an empty buffer.
  uint8_t *data;
  // How many bytes.
  size_t len;
  // The plugin's own: the host hands it back unread (a capacity, say).
  size_t own;
} FindingsBuffer;

// A request (UTF-8 JSON: a text model) in, a status out, and an answer in `answer`, which is empty before.
typedef int (*FindingsCall)(struct FindingsSlice request, struct FindingsBuffer *answer);

// Takes a buffer of the plugin's back.
typedef void (*FindingsFree)(struct FindingsBuffer buffer);

// What a plugin exports. It is static and never changes.
typedef struct FindingsPlugin {
  // [`MAGIC`].
  uint8_t magic[8];
  // Size of this struct as the plugin knows it.
  size_t size;
  // The plugin's [`ABI_MAJOR`].
  uint32_t abi_major;
  // The plugin's [`ABI_MINOR`].
  uint32_t abi_minor;
  // What the plugin is: UTF-8 JSON, as in `plugin.toml`.
  struct FindingsSlice manifest;
  // Answers a list of claims: `[{"format": …, "score": 0.0 to 1.0}]`.
  FindingsCall detect;
  // Answers a record. Calls come one at a time, from one thread.
  FindingsCall extract;
  // Takes back the buffers that the two have filled.
  FindingsFree free;
} FindingsPlugin;

// What the host says of itself when it asks for the plugin's struct.
typedef struct FindingsHost {
  // [`MAGIC`].
  uint8_t magic[8];
  // Size of this struct as the host knows it.
  size_t size;
  // The host's [`ABI_MAJOR`].
  uint32_t abi_major;
  // The host's [`ABI_MINOR`].
  uint32_t abi_minor;
} FindingsHost;

#endif  /* FINDINGS_PLUGIN_H */
