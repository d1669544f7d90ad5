package io.larder.store.verify;

import io.larder.protocol.disk.DataInitFlag;
import io.larder.store.verify.Folders.Data;

/// Something that can be put right without risk for anything that a client was promised. What there is beyond these is
/// told and left to people.
sealed interface Repair {
  /// What will be done, in one line.
  String text();

  /// Cuts bytes off the end of a log that are no whole line; they are kept in a file of their own.
  ///
  /// @param folder where it is
  /// @param name relative to it
  /// @param at bytes that stay
  /// @param torn bytes that go
  record CutTail(Data folder, String name, long at, long torn) implements Repair {
    @Override
    public String text() {
      return "cut " + torn + " torn bytes off " + folder.path(name) + " at " + at;
    }
  }

  /// Moves a file aside that nobody was ever told of.
  ///
  /// @param folder where it is
  /// @param name relative to it
  record MoveAside(Data folder, String name) implements Repair {
    @Override
    public String text() {
      return "move " + folder.path(name) + " aside";
    }
  }

  /// Gives a store path the mark that the identity has for it.
  ///
  /// @param folder of the store path
  /// @param storePath its index
  /// @param mark the mark
  record MarkStorePath(Data folder, int storePath, String mark) implements Repair {
    @Override
    public String text() {
      return "write " + folder.path(".fastdfs_vars") + " as .data_init_flag has it";
    }
  }

  /// Gives the identity the mark that a store path has.
  ///
  /// @param base the base path
  /// @param storePath index of the store path
  /// @param flag the identity with the mark
  record MarkIdentity(Data base, int storePath, DataInitFlag flag) implements Repair {
    @Override
    public String text() {
      return "write store_path_mark" + storePath + " into " + base.path(".data_init_flag");
    }
  }
}
