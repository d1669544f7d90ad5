package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;
import static io.larder.protocol.wire.RequestRules.checkLength;

import io.larder.protocol.MalformedException;
import java.util.Optional;

/// Tracker requests that ask where to store or to find a file (S1 §2).
public sealed interface RoutingRequest extends TrackerRequest {
  /// Shortest file name that is answered.
  int NAME_MIN = 22;

  /// Commands 101 (without group) and 104 (with group): one storage that takes a new file.
  record StoreOne(Optional<String> group) implements RoutingRequest {
    static StoreOne read(Header header, BodyReader in) {
      return new StoreOne(noGroupIn(in));
    }

    static StoreOne readWithGroup(Header header, BodyReader in) {
      return new StoreOne(groupIn(in));
    }

    @Override
    public int code() {
      boolean named = group.isPresent();
      return (named ? Command.STORE_WITH_GROUP_ONE : Command.STORE_WITHOUT_GROUP_ONE).code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      group.ifPresent(text -> out.text("group", text, GROUP));
    }
  }

  /// Commands 106 (without group) and 107 (with group): all storages that take a new file.
  record StoreAll(Optional<String> group) implements RoutingRequest {
    static StoreAll read(Header header, BodyReader in) {
      return new StoreAll(noGroupIn(in));
    }

    static StoreAll readWithGroup(Header header, BodyReader in) {
      return new StoreAll(groupIn(in));
    }

    @Override
    public int code() {
      boolean named = group.isPresent();
      return (named ? Command.STORE_WITH_GROUP_ALL : Command.STORE_WITHOUT_GROUP_ALL).code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      group.ifPresent(text -> out.text("group", text, GROUP));
    }
  }

  /// Command 102: one storage to read a file from.
  ///
  /// @param name any 22 to 127 bytes; a nonsense name is answered like an unknown source
  record FetchOne(String group, String name) implements RoutingRequest {
    public FetchOne {
      checkName(name);
    }

    static FetchOne read(Header header, BodyReader in) {
      return new FetchOne(in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.QUERY_FETCH_ONE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("filename", name);
    }
  }

  /// Command 103: the storage on which a file is changed.
  record Update(String group, String name) implements RoutingRequest {
    public Update {
      checkName(name);
    }

    static Update read(Header header, BodyReader in) {
      return new Update(in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.QUERY_UPDATE.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("filename", name);
    }
  }

  /// Command 105: all storages to read a file from.
  record FetchAll(String group, String name) implements RoutingRequest {
    public FetchAll {
      checkName(name);
    }

    static FetchAll read(Header header, BodyReader in) {
      return new FetchAll(in.text("group", GROUP), in.rest("filename"));
    }

    @Override
    public int code() {
      return Command.QUERY_FETCH_ALL.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("filename", name);
    }
  }

  private static void checkName(String name) {
    checkLength("filename", name, NAME_MIN, RequestRules.NAME_MAX);
  }

  private static Optional<String> noGroupIn(BodyReader in) {
    in.end();
    return Optional.empty();
  }

  private static Optional<String> groupIn(BodyReader in) {
    if (in.remaining() != GROUP) {
      throw new MalformedException("group: " + in.remaining() + " bytes (" + GROUP + " needed)");
    }
    return Optional.of(in.text("group", GROUP));
  }
}
