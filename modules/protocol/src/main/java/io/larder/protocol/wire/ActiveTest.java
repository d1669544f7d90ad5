package io.larder.protocol.wire;

/// Command 111: are you there? Answered with an empty reply.
public record ActiveTest() implements TrackerRequest, StorageRequest {
  static ActiveTest read(Header header, BodyReader in) {
    in.end();
    return new ActiveTest();
  }

  @Override
  public int code() {
    return Command.ACTIVE_TEST.code();
  }

  @Override
  public void writeBody(BodyWriter out) {}
}
