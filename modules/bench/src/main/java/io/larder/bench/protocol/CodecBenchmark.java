package io.larder.bench.protocol;

import io.larder.protocol.wire.AddressWidth;
import io.larder.protocol.wire.BodyWriter;
import io.larder.protocol.wire.Header;
import io.larder.protocol.wire.Request;
import io.larder.protocol.wire.Routes;
import io.larder.protocol.wire.StorageRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The frames of the hot path: the head of an upload, a download request, the reply of a tracker query.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
  private final ByteBuf uploadHead = direct("00" + "0000000000001400" + "6a7067000000");
  private final ByteBuf download =
      direct(
          "0000000000000000"
              + "0000000000000000"
              + "67726f75703100000000000000000000"
              + HexFormat.of()
                  .formatHex(
                      "M00/00/00/Ck0pAWsCoICAYjgOAAAABTYQpoY583.txt"
                          .getBytes(StandardCharsets.US_ASCII)));
  private final Header uploadHeader = new Header(15 + 5120, 11, 0);
  private final Header downloadHeader = new Header(download.readableBytes(), 14, 0);
  private final ByteBuf out = Unpooled.directBuffer(256);
  private final Routes.StoreOne route =
      new Routes.StoreOne(
          AddressWidth.NARROW, "group1", new Routes.Endpoint("10.77.41.1", 23_000), 0);

  @Benchmark
  public Request readUploadHead() {
    uploadHead.readerIndex(0);
    return StorageRequest.read(uploadHeader, uploadHead);
  }

  @Benchmark
  public Request readDownload() {
    download.readerIndex(0);
    return StorageRequest.read(downloadHeader, download);
  }

  @Benchmark
  public ByteBuf writeRoute() {
    out.clear();
    route.writeBody(new BodyWriter(out));
    return out;
  }

  private static ByteBuf direct(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
  }
}
