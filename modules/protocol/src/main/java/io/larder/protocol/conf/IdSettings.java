package io.larder.protocol.conf;

import java.util.List;
import java.util.Optional;

/// Whether storages have ids of their own, and where the list is (S2 §4.5).
///
/// @param useStorageId whether storages are known by ids instead of addresses
/// @param file the list of ids, relative to the conf file; given when ids are used
/// @param inFileName whether file names carry the id (else the first IPv4 address)
/// @param trustServerId whether a storage may say its id itself
public record IdSettings(
    boolean useStorageId, Optional<String> file, boolean inFileName, boolean trustServerId) {
  static final Setting<Boolean> USE_STORAGE_ID =
      Setting.of("use_storage_id", ValueType.BOOL)
          .orElse("false")
          .means("Know storages by the ids of storage_ids.conf instead of by address.");
  static final Setting<String> FILE =
      Setting.of("storage_ids_filename", ValueType.PATH)
          .orElseMeaning("required with use_storage_id")
          .means("The list of ids; a relative path starts at the folder of this conf file.");
  static final Setting<Boolean> ID_TYPE =
      Setting.of(
              "id_type_in_filename",
              ValueType.of("choice", "id, ip", text -> text.equalsIgnoreCase("id"))
                  .remarking(text ->
                      text.equalsIgnoreCase("id") || text.equalsIgnoreCase("ip")
                          ? Optional.empty()
                          : Optional.of("'" + text + "' is read as ip")))
          .orElse("ip")
          .means("What new file names carry about their storage: its id, or its address.");
  static final Setting<Boolean> TRUST =
      Setting.of("trust_storage_server_id", ValueType.BOOL)
          .orElse("true")
          .since("6.11")
          .means("Believe the id that a storage has in its own conf file.");

  static final List<Setting<?>> ROWS = List.of(USE_STORAGE_ID, FILE, ID_TYPE, TRUST);

  static IdSettings read(EffectiveSettings in) {
    boolean use = in.get(USE_STORAGE_ID);
    return new IdSettings(use, file(in, use), use && in.get(ID_TYPE), in.get(TRUST));
  }

  static Optional<String> file(EffectiveSettings in, boolean use) {
    if (!use) {
      return Optional.empty();
    }
    return Optional.of(
        in.find(FILE)
            .orElseThrow(() -> in.refused(FILE, "use_storage_id = true needs it", "a path")));
  }
}
