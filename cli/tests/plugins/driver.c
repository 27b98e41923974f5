/* Calls a plugin's functions many times, as the host does, for a tool that watches memory:
 *     driver LIBRARY TIMES REQUEST.json...
 * For each request it prints how often which status came.
 */
#include "findings_plugin.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef const FindingsPlugin *(*Entry)(const FindingsHost *);

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  void *library = dlopen(argv[1], RTLD_NOW);
  Entry entry = library == NULL ? NULL : (Entry)dlsym(library, "findings_plugin_v1");
  FindingsHost host = {.magic = {'F', 'I', 'N', 'D', 'I', 'N', 'G', 'S'}, .size = sizeof host,
                       .abi_major = FINDINGS_ABI_MAJOR, .abi_minor = FINDINGS_ABI_MINOR};
  const FindingsPlugin *plugin = entry == NULL ? NULL : entry(&host);
  if (plugin == NULL) return 3;
  for (int i = 3; i < argc; i++) {
    FILE *file = fopen(argv[i], "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) return 4;
    size_t len = (size_t)ftell(file);
    rewind(file);
    int status = -1, times = atoi(argv[2]);
    for (int n = 0; n < times; n++) {
      /* A request of its own each time: a plugin that kept it would be caught. */
      uint8_t *bytes = malloc(len);
      rewind(file);
      if (bytes == NULL || fread(bytes, 1, len, file) != len) return 4;
      FindingsSlice request = {bytes, len};
      FindingsBuffer claims = {0}, answer = {0};
      plugin->detect(request, &claims);
      plugin->free(claims);
      status = plugin->extract(request, &answer);
      free(bytes);
      unsigned sum = 0;
      for (size_t at = 0; at < answer.len; at++) sum += answer.data[at];
      if (answer.len > 0 && sum == 0) return 5;
      plugin->free(answer);
    }
    fclose(file);
    printf("%d times %d\n", times, status);
  }
  return 0;
}
