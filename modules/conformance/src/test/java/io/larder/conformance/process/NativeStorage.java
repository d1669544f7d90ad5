package io.larder.conformance.process;

import io.larder.conformance.wire.Commands;
import io.larder.conformance.wire.Frame;
import io.larder.conformance.wire.RawConnection;
import io.larder.conformance.wire.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A storage on this machine, asked by frames on one connection. Files are named by their file ids.
final class NativeStorage implements AutoCloseable {
  private static final int GROUP = 16;

  private final RawConnection connection;

  NativeStorage(int port) throws IOException {
    connection = RawConnection.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  RawConnection connection() {
    return connection;
  }

  Reply upload(byte[] content) throws IOException {
    return ask(head(Commands.UPLOAD_FILE, content).bytes(content));
  }

  Reply uploadAppender(byte[] content) throws IOException {
    return ask(head(Commands.UPLOAD_APPENDER_FILE, content).bytes(content));
  }

  Reply append(String id, byte[] more) throws IOException {
    String name = name(id);
    Frame head = Frame.of(Commands.APPEND_FILE).int64(name.length()).int64(more.length);
    return ask(head.text(name).bytes(more));
  }

  Reply regenerate(String id) throws IOException {
    return ask(Frame.of(Commands.REGENERATE_APPENDER_FILENAME).text(name(id)));
  }

  Reply download(String id) throws IOException {
    Frame whole = Frame.of(Commands.DOWNLOAD_FILE).int64(0).int64(0);
    return ask(whole.group(group(id)).text(name(id)));
  }

  Reply delete(String id) throws IOException {
    return ask(Frame.of(Commands.DELETE_FILE).group(group(id)).text(name(id)));
  }

  /// The file id in the answer to an upload.
  static String id(Reply stored) {
    if (stored.status() != 0) {
      throw new AssertionError("no file was stored: " + stored);
    }
    return stored.text(0, GROUP) + "/" + stored.text(GROUP);
  }

  private Reply ask(Frame request) throws IOException {
    return connection.ask(request);
  }

  private static Frame head(int command, byte[] content) {
    return Frame.of(command).int8(-1).int64(content.length).text("bin", 6);
  }

  private static String group(String id) {
    return id.substring(0, id.indexOf('/'));
  }

  private static String name(String id) {
    return id.substring(id.indexOf('/') + 1);
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
