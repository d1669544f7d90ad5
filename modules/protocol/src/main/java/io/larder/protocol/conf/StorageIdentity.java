package io.larder.protocol.conf;

import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.StorageId;
import java.util.List;
import java.util.Optional;

/// Who a storage is.
///
/// @param group its group; empty means that the tracker knows it (only with storage ids)
/// @param id how it finds its storage id, where ids are used
public record StorageIdentity(Optional<GroupName> group, IdRule id) {

  /// How a storage finds its id (S2 §4.5).
  public sealed interface IdRule {
    /// The file says it.
    ///
    /// @param id the id
    record Given(StorageId id) implements IdRule {}

    /// The file does not mention `server_id`: the entry of storage_ids.conf with a local address.
    record ByLocalAddress() implements IdRule {}

    /// `server_id` is there and empty: the tracker is asked.
    record AskTracker() implements IdRule {}
  }

  static final ValueType<GroupName> GROUP =
      ValueType.of("group", "1 to 16 letters and digits", GroupName::of);

  static final Setting<GroupName> GROUP_NAME =
      Setting.of("group_name", GROUP)
          .orElseMeaning("as storage_ids.conf of the tracker says")
          .means("The group this storage belongs to.");
  static final Setting<StorageId> SERVER_ID =
      Setting.of(
              "server_id",
              ValueType.of(
                  "storage id",
                  "a number from 1 to " + StorageId.NUMBER_MAX,
                  StorageIdentity::storageId))
          .orElseMeaning("the entry of storage_ids.conf with a local address")
          .since("6.11")
          .means("Id of this storage; an empty value asks the tracker.");

  static final List<Setting<?>> ROWS = List.of(GROUP_NAME, SERVER_ID);

  /// Reads an id as storage_ids.conf has it: decimal, without leading zeros.
  ///
  /// @throws IllegalArgumentException when it is not 1 to 2^24 - 1
  static StorageId storageId(String text) {
    if (!text.matches("[1-9][0-9]{0,7}") || Integer.parseInt(text) > StorageId.NUMBER_MAX) {
      throw new IllegalArgumentException("not a storage id");
    }
    return StorageId.of(text);
  }

  static StorageIdentity read(EffectiveSettings in) {
    Optional<GroupName> group = in.find(GROUP_NAME);
    if (group.isEmpty() && in.isWritten(GROUP_NAME)) {
      throw in.refused(GROUP_NAME, "it is empty", GROUP.allowed());
    }
    Optional<IdRule> given = in.find(SERVER_ID).map(IdRule.Given::new);
    IdRule otherwise =
        in.isWritten(SERVER_ID) ? new IdRule.AskTracker() : new IdRule.ByLocalAddress();
    return new StorageIdentity(group, given.orElse(otherwise));
  }
}
