package io.larder.protocol.conf;

import java.io.IOException;
import java.util.List;

/// What the conf reader must ask the host; the caller of this package implements it.
///
/// The reader itself does no input or output. The methods may block: conf files are read at start,
/// never on an event loop.
public interface ConfSource {

  /// The file that `name` means when it stands in `outermost`, the file that reading began with.
  ///
  /// A relative name is looked up in the directory of the outermost file, also when an included
  /// file names it (S2 §7.0).
  String resolve(String outermost, String name);

  /// The text of a file, decoded as UTF-8.
  ///
  /// @throws IOException when there is no such file or it cannot be read
  String read(String file) throws IOException;

  /// All addresses of this host as literals, loopback included.
  List<String> localAddresses();

  /// The name of this host.
  String hostName();

  /// The addresses of another host as literals, empty when its name is unknown.
  List<String> addressesOf(String host);
}
