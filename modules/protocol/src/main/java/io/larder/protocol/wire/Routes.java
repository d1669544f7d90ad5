package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;

import io.larder.protocol.MalformedException;
import java.util.ArrayList;
import java.util.List;

/// Replies to 101..107: where to go. A reader tells the width of addresses by the length.
public sealed interface Routes extends Reply {
  /// Where a storage listens.
  record Endpoint(String ip, long port) {
    private static Endpoint read(BodyReader in, AddressWidth width) {
      return new Endpoint(in.text("ip", width.routed()), in.int64("port"));
    }

    private void write(BodyWriter out, AddressWidth width) {
      out.text("ip", ip, width.routed());
      out.int64(port);
    }
  }

  /// Reply to 101 and 104.
  ///
  /// @param storePath index of the store path to upload to, 0..255
  record StoreOne(AddressWidth width, String group, Endpoint storage, int storePath)
      implements Routes {
    static StoreOne read(BodyReader in) {
      AddressWidth width = widthOf(in.remaining(), GROUP + 1, 1);
      StoreOne reply =
          new StoreOne(
              width,
              in.text("group", GROUP),
              Endpoint.read(in, width),
              in.uint8("store_path_index"));
      in.end();
      return reply;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      storage.write(out, width);
      out.int8(storePath);
    }
  }

  /// Reply to 106 and 107: one store path for all of them.
  record StoreAll(AddressWidth width, String group, List<Endpoint> storages, int storePath)
      implements Routes {
    public StoreAll {
      storages = List.copyOf(storages);
    }

    static StoreAll read(BodyReader in) {
      AddressWidth width = widthOf(in.remaining(), GROUP + 1, 0);
      String group = in.text("group", GROUP);
      List<Endpoint> storages = endpoints(in, width, 1);
      StoreAll reply = new StoreAll(width, group, storages, in.uint8("store_path_index"));
      in.end();
      return reply;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      storages.forEach(storage -> storage.write(out, width));
      out.int8(storePath);
    }
  }

  /// Reply to 102 and 103.
  record FetchOne(AddressWidth width, String group, Endpoint storage) implements Routes {
    static FetchOne read(BodyReader in) {
      AddressWidth width = widthOf(in.remaining(), GROUP, 1);
      FetchOne reply = new FetchOne(width, in.text("group", GROUP), Endpoint.read(in, width));
      in.end();
      return reply;
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      storage.write(out, width);
    }
  }

  /// Reply to 105.
  record FetchAll(AddressWidth width, String group, List<Endpoint> storages) implements Routes {
    public FetchAll {
      storages = List.copyOf(storages);
    }

    static FetchAll read(BodyReader in) {
      AddressWidth width = widthOf(in.remaining(), GROUP, 0);
      String group = in.text("group", GROUP);
      return new FetchAll(width, group, endpoints(in, width, 0));
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      storages.forEach(storage -> storage.write(out, width));
    }
  }

  /// The width by which a body of `fixed` bytes and rows comes out even. `exactRows` 0 means any
  /// number; both widths fit only for more rows than a group can have, so the narrow one is tried
  /// first and must keep to that limit.
  private static AddressWidth widthOf(int length, int fixed, int exactRows) {
    for (AddressWidth width : AddressWidth.values()) {
      int row = width.routed() + Long.BYTES;
      int rows = (length - fixed) / row;
      boolean even = length >= fixed && (length - fixed) % row == 0;
      boolean fits = exactRows == 0 ? rows <= MemberRequest.GROUP_STORAGES_MAX : rows == exactRows;
      if (even && fits) {
        return width;
      }
    }
    throw new MalformedException("body_length: " + length + " fits no width of addresses");
  }

  private static List<Endpoint> endpoints(BodyReader in, AddressWidth width, int after) {
    List<Endpoint> endpoints = new ArrayList<>();
    while (in.remaining() > after) {
      endpoints.add(Endpoint.read(in, width));
    }
    return endpoints;
  }
}
