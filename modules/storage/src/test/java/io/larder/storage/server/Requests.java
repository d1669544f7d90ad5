package io.larder.storage.server;

import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.SlavePrefix;
import io.larder.protocol.wire.FileRequest;
import io.larder.protocol.wire.StreamedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The requests of well-behaved clients, in few words.
final class Requests {
  static final String GROUP = ServedStore.GROUP;

  private Requests() {}

  static StreamedRequest.Upload upload(int size, String extension) {
    return new StreamedRequest.Upload((byte) 0, size, Extension.of(extension), false);
  }

  static StreamedRequest.Upload appender(int size, String extension) {
    return new StreamedRequest.Upload((byte) 0, size, Extension.of(extension), true);
  }

  static StreamedRequest.UploadSlave slave(String master, String prefix, String ext, int size) {
    return new StreamedRequest.UploadSlave(size, SlavePrefix.of(prefix), Extension.of(ext), master);
  }

  static StreamedRequest.Append append(String name, int size) {
    return new StreamedRequest.Append(size, name);
  }

  static StreamedRequest.Modify modify(String name, long offset, int size) {
    return new StreamedRequest.Modify(offset, size, name);
  }

  static FileRequest.Truncate truncate(String name, long size) {
    return new FileRequest.Truncate(size, name);
  }

  static FileRequest.Download download(String name) {
    return new FileRequest.Download(0, 0, GROUP, name);
  }

  static FileRequest.Download download(String name, long offset, long count) {
    return new FileRequest.Download(offset, count, GROUP, name);
  }

  static FileRequest.Delete delete(String name) {
    return new FileRequest.Delete(GROUP, name);
  }

  static FileRequest.QueryInfo info(String name, int flags) {
    return new FileRequest.QueryInfo(flags, GROUP, name);
  }

  static FileRequest.GetMetadata getMetadata(String name) {
    return new FileRequest.GetMetadata(GROUP, name);
  }

  static FileRequest.SetMetadata setMetadata(String name, char flag, String records) {
    return new FileRequest.SetMetadata(flag, GROUP, name, records);
  }

  static FileRequest.Regenerate regenerate(String name) {
    return new FileRequest.Regenerate(name);
  }

  static FileRequest.CreateLink link(String source, String master, String prefix, String ext) {
    return new FileRequest.CreateLink(
        GROUP, SlavePrefix.of(prefix), Extension.of(ext), master, source, "signature");
  }

  /// Stores a plain file and answers its name.
  static String stored(Peer peer, String content, String extension) throws IOException {
    byte[] bytes = bytes(content);
    return peer.ask(upload(bytes.length, extension), bytes).name();
  }

  /// Stores an appender and answers its name.
  static String storedAppender(Peer peer, String content) throws IOException {
    byte[] bytes = bytes(content);
    return peer.ask(appender(bytes.length, "log"), bytes).name();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static byte[] pattern(int size) {
    byte[] bytes = new byte[size];
    for (int i = 0; i < size; i++) {
      bytes[i] = (byte) (i * 13 + i / 251);
    }
    return bytes;
  }
}
