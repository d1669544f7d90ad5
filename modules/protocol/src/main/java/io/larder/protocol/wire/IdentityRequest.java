package io.larder.protocol.wire;

import static io.larder.protocol.wire.RequestRules.GROUP;

import io.larder.protocol.MalformedException;

/// Tracker requests about ids, addresses and parameters; any peer may ask them (S1 §3.8, S2 §1.9).
public sealed interface IdentityRequest extends TrackerRequest {
  /// Command 60: the address the tracker sees this peer at, or the ones its ids file lists for it.
  record GetMyIp(String group, int port) implements IdentityRequest {
    private static final int TERMINATED_GROUP = GROUP + 1;

    static GetMyIp read(Header header, BodyReader in) {
      GetMyIp request = new GetMyIp(in.text("group_name", TERMINATED_GROUP), in.int32("port"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.GET_MY_IP.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group_name", group, TERMINATED_GROUP);
      out.int32(port);
    }
  }

  /// Command 69: a page of the storage ids file.
  record FetchStorageIds(int startIndex, int allowEmpty) implements IdentityRequest {
    static FetchStorageIds read(Header header, BodyReader in) {
      FetchStorageIds request =
          new FetchStorageIds(in.int32("start_index"), in.uint8("allow_empty"));
      in.end();
      return request;
    }

    @Override
    public int code() {
      return Command.FETCH_STORAGE_IDS.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.int32(startIndex);
      out.int8(allowEmpty);
    }
  }

  /// Command 70: the id of the storage at an address.
  ///
  /// @param address `ip:port`, IPv6 as `[ip]:port`
  record GetServerId(String group, String address) implements IdentityRequest {
    public GetServerId {
      checkAddress(address);
    }

    static GetServerId read(Header header, BodyReader in) {
      return new GetServerId(in.text("group", GROUP), in.restText("address"));
    }

    @Override
    public int code() {
      return Command.GET_SERVER_ID.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("address", address);
    }
  }

  /// Command 71: the state of the storage at an address.
  ///
  /// @param address `ip:port`, IPv6 as `[ip]:port`
  record StorageGetStatus(String group, String address) implements IdentityRequest {
    public StorageGetStatus {
      checkAddress(address);
    }

    static StorageGetStatus read(Header header, BodyReader in) {
      return new StorageGetStatus(in.text("group", GROUP), in.restText("address"));
    }

    @Override
    public int code() {
      return Command.STORAGE_GET_STATUS.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.text("group", group, GROUP);
      out.bytes("address", address);
    }
  }

  /// Command 75: the settings that the whole cluster shares.
  record Parameters() implements IdentityRequest {
    static Parameters read(Header header, BodyReader in) {
      in.end();
      return new Parameters();
    }

    @Override
    public int code() {
      return Command.PARAMETER_REQ.code();
    }

    @Override
    public void writeBody(BodyWriter out) {}
  }

  /// Command 109: the group of a storage, by the ids file.
  ///
  /// @param ip the storage's address; empty means the peer's own. Any length: too long is refused by
  ///   the server with a status of its own
  record GetGroupName(String ip, int port) implements IdentityRequest {
    static GetGroupName read(Header header, BodyReader in) {
      if (in.remaining() < Integer.BYTES) {
        throw new MalformedException("port: " + in.remaining() + " bytes there, 4 needed");
      }
      return new GetGroupName(in.bytes("ip", in.remaining() - Integer.BYTES), in.int32("port"));
    }

    @Override
    public int code() {
      return Command.GET_GROUP_NAME.code();
    }

    @Override
    public void writeBody(BodyWriter out) {
      out.bytes("ip", ip);
      out.int32(port);
    }
  }

  /// Longest `ip:port` text.
  int ADDRESS_MAX = 52;

  private static void checkAddress(String address) {
    RequestRules.checkLength("address", address, 1, ADDRESS_MAX);
    int colon = address.lastIndexOf(':');
    int digits = address.length() - colon - 1;
    boolean digitsOnly = address.substring(colon + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    if (colon < 1 || digits < 1 || digits > 5 || !digitsOnly) {
      throw new MalformedException("address: '" + address + "' (ip:port or [ip]:port needed)");
    }
  }
}
