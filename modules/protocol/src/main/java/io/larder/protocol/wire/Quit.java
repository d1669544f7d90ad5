package io.larder.protocol.wire;

/// Command 82: the peer is done. It has no reply; a body, if any, is ignored.
public record Quit() implements TrackerRequest, StorageRequest {
  static Quit read(Header header, BodyReader in) {
    in.skipRest();
    return new Quit();
  }

  @Override
  public int code() {
    return Command.QUIT.code();
  }

  @Override
  public void writeBody(BodyWriter out) {}
}
