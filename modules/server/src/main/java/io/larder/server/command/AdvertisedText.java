package io.larder.server.command;

import io.larder.protocol.conf.PeerAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Checks the form of `--advertise HOST[:PORT]`; the name is looked up by the node.
final class AdvertisedText implements ITypeConverter<String> {
  private static final int ANY_PORT = 1;

  @Override
  public String convert(String text) {
    try {
      if (PeerAddress.parse(text, ANY_PORT).hosts().size() > 1) {
        throw new IllegalArgumentException("one host is expected");
      }
      return text;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + text + "' is not HOST[:PORT]: " + e.getMessage());
    }
  }
}
