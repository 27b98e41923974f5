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


// Major version of the boundary; different major versions are incompatible.
#define FINDINGS_ABI_MAJOR 1

// Minor version: counts additions. Different minor versions are compatible.
#define FINDINGS_ABI_MINOR 0

// Success: the answer is in the buffer.
#define FINDINGS_OK 0

// The document is not in any of the plugin's formats.
#define FINDINGS_NOT_MINE 1

// The request is not JSON, or not a text model that the plugin knows.
#define FINDINGS_BAD_REQUEST 2

// The plugin failed; the buffer may contain an error message.
#define FINDINGS_FAILED 3

// The plugin caught a panic or exception of its own; the buffer may contain its message.
#define FINDINGS_PANICKED 4

// Borrowed bytes: valid until the call returns or, for a manifest, for ever.
typedef struct FindingsSlice {
  // First byte; not null.
  const uint8_t *data;
  // Length in bytes.
  size_t len;
} FindingsSlice;

// Bytes that the plugin allocated and the host returns with `free`. An empty buffer is all zero.
typedef struct FindingsBuffer {
  // First byte, or null for an empty buffer.
  uint8_t *data;
  // Length in bytes.
  size_t len;
  // For the plugin's own use, for example a capacity: the host returns it unread.
  size_t own;
} FindingsBuffer;

// Takes a request (a text model as UTF-8 JSON), fills `answer`, which is empty before, and returns a status.
typedef int (*FindingsCall)(struct FindingsSlice request, struct FindingsBuffer *answer);

// Frees a buffer that the plugin allocated.
typedef void (*FindingsFree)(struct FindingsBuffer buffer);

// The struct that a plugin exports. It is static and never changes.
typedef struct FindingsPlugin {
  // [`MAGIC`].
  uint8_t magic[8];
  // Size of this struct as the plugin knows it.
  size_t size;
  // The plugin's [`ABI_MAJOR`].
  uint32_t abi_major;
  // The plugin's [`ABI_MINOR`].
  uint32_t abi_minor;
  // The plugin's manifest: UTF-8 JSON, as in `plugin.toml`.
  struct FindingsSlice manifest;
  // Answers with a list of claims: `[{"format": …, "score": 0.0 to 1.0}]`.
  FindingsCall detect;
  // Answers with a record. Calls are made one at a time, from one thread.
  FindingsCall extract;
  // Frees the buffers that `detect` and `extract` have filled.
  FindingsFree free;
} FindingsPlugin;

// Describes the host to the plugin when it asks for the plugin's struct.
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
