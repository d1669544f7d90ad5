package io.larder.store.trunk;

import io.larder.protocol.fileid.DirectoryHash;
import io.larder.protocol.fileid.NewName;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.IntFunction;

/// Chooses the directory of a new trunk file (S3 §9.2). Any thread.
@FunctionalInterface
public interface TrunkDirectories {
  /// The directory for one new trunk file.
  ///
  /// @param storePath index of the store path
  /// @param trunkFileId its number
  NewName.Directory of(int storePath, int trunkFileId);

  /// The directory whose turn it is, as for plain files (`file_distribute_path_mode` 0).
  ///
  /// @param next the next directory of a store path; any thread
  static TrunkDirectories inTurn(IntFunction<NewName.Directory> next) {
    return (storePath, trunkFileId) -> next.apply(storePath);
  }

  /// By a hash of the number: its four bytes as six characters of base64 (`file_distribute_path_mode` 1).
  ///
  /// @param subdirCount `subdir_count_per_path`, 1 to 256
  static TrunkDirectories hashed(int subdirCount) {
    return (storePath, trunkFileId) -> {
      byte[] number = ByteBuffer.allocate(Integer.BYTES).putInt(trunkFileId).array();
      byte[] text = Base64.getUrlEncoder().withoutPadding().encode(number);
      int directory = DirectoryHash.of(text, subdirCount);
      return new NewName.Directory(storePath, directory >> 8, directory & 0xFF);
    };
  }
}
