package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.checkLength;

import io.larder.protocol.fileid.StorageId;

/// Tracker requests by which an operator changes the cluster (S1 §3.8).
public sealed interface AdminRequest extends TrackerRequest {
  /// Command 93: forget a storage.
  record DeleteStorage(String group, String storageId) implements AdminRequest {
    public DeleteStorage {
      checkLength("storage_id", storageId, 1, StorageId.BYTES_MAX);
    }

    static DeleteStorage read(Header header, BodyReader in) {
      String group = in.text("group", GROUP);
      checkLength("storage_id", in.remaining(), 1, StorageId.BYTES_MAX);
      return new DeleteStorage(group, in.restText("storage_id"));
    }

    @Override
    public int code() {
      return Command.DELETE_STORAGE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("storage_id", storageId);
    }
  }

  /// Command 108: forget an empty group.
  record DeleteGroup(String group) implements AdminRequest {
    static DeleteGroup read(Header header, BodyReader in) {
      DeleteGroup request = new DeleteGroup(in.text("group", GROUP));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.DELETE_GROUP.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
    }
  }

  /// Command 94: name the trunk server of a group.
  ///
  /// @param storageId the storage; empty asks for the one there is, or an election
  record SetTrunkServer(String group, String storageId) implements AdminRequest {
    public SetTrunkServer {
      checkLength("storage_id", storageId, 0, StorageId.BYTES_MAX);
    }

    static SetTrunkServer read(Header header, BodyReader in) {
      String group = in.text("group", GROUP);
      checkLength("storage_id", in.remaining(), 0, StorageId.BYTES_MAX);
      return new SetTrunkServer(group, in.restText("storage_id"));
    }

    @Override
    public int code() {
      return Command.SET_TRUNK_SERVER.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("storage_id", storageId);
    }
  }
}
