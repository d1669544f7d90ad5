package io.larder.http.file;

import io.larder.http.problem.Problem;
import io.larder.protocol.Status;
import io.larder.protocol.fileid.LogicalName;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.LongSupplier;

/// The answers to GET and HEAD of files by URL (S5 §4, §5; RFC 9110).
///
/// ```
///   request -> admit: Pass -> the file is opened -> answer(request, size, time)
///                  \-> Stop, Instead                \-> not here: elsewhere, or missing
/// ```
///
/// Safe for any thread.
public final class FileRules {
  private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
  private static final CharSequence CONTENT_TYPE = HttpHeaders.createOptimized("Content-Type");
  private static final CharSequence CONTENT_RANGE = HttpHeaders.createOptimized("Content-Range");
  private static final CharSequence LAST_MODIFIED = HttpHeaders.createOptimized("Last-Modified");
  private static final CharSequence ETAG = HttpHeaders.createOptimized("ETag");
  private static final CharSequence ACCEPT_RANGES = HttpHeaders.createOptimized("Accept-Ranges");
  private static final CharSequence BYTES = HttpHeaders.createOptimized("bytes");
  private static final CharSequence NOSNIFF_NAME =
      HttpHeaders.createOptimized("X-Content-Type-Options");
  private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
  private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence SANDBOX =
      HttpHeaders.createOptimized(
          "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self' data:;"
              + " font-src 'self' data:; style-src 'self' 'unsafe-inline'");
  private static final CharSequence DISPOSITION =
      HttpHeaders.createOptimized("Content-Disposition");
  private static final CharSequence ATTACHMENT = HttpHeaders.createOptimized("attachment");
  private static final CharSequence FOR_EVER =
      HttpHeaders.createOptimized("public, max-age=31536000, immutable");
  private static final CharSequence FOR_EVER_PRIVATE =
      HttpHeaders.createOptimized("private, max-age=31536000, immutable");
  private static final CharSequence ASK_AGAIN = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

  private final ContentTypes types;
  private final DownloadGate gate;
  private final boolean multiRange;
  private final LongSupplier boundaries;

  /// @param types content types by extension
  /// @param gate who may download
  /// @param multiRange whether several ranges may be asked for at once; else 416, as FastDFS
  /// @param boundaries numbers that nobody can guess, so that no file contains the boundary of an answer
  public FileRules(
      ContentTypes types, DownloadGate gate, boolean multiRange, LongSupplier boundaries) {
    this.types = types;
    this.gate = gate;
    this.multiRange = multiRange;
    this.boundaries = boundaries;
  }

  /// Whether the file may be opened for this request.
  public DownloadGate.Verdict admit(FileRequest request, long nowSeconds) {
    DownloadGate asked = request.tokenWaived() ? DownloadGate.OPEN : gate;
    return asked.check(request.target(), nowSeconds);
  }

  /// The answer with a file that is here.
  ///
  /// @param request what was asked
  /// @param size size of the file
  /// @param timeSeconds time of its last change, epoch seconds
  /// @param nowSeconds the time of the answer
  public FileAnswer answer(FileRequest request, long size, long timeSeconds, long nowSeconds) {
    LogicalName name = request.target().id().name();
    Representation file =
        Representation.of(name, size, timeSeconds, nowSeconds, types.of(name.text()));
    return switch (Preconditions.of(request.conditions(), file)) {
      case NOT_MODIFIED -> new FileAnswer(304, validators(file), -1, FileAnswer.NOTHING);
      case FAILED ->
          refused(
              request.head(),
              new Problem(412, Status.OK, "The file is not the one that the request expects."));
      case PROCEED -> content(request, file);
    };
  }

  /// An answer that says what is wrong.
  ///
  /// @param head whether only its head is wanted
  /// @param problem what is wrong
  public static FileAnswer refused(boolean head, Problem problem) {
    return refused(head, problem, new AnswerHeaders());
  }

  /// 200 with a file that stands in for the one asked for, because the token is wrong; never cached.
  ///
  /// @param request what was asked
  /// @param standIn name of the file that is sent
  /// @param size its size
  public FileAnswer instead(FileRequest request, String standIn, long size) {
    MediaType type = types.of(standIn);
    AnswerHeaders headers =
        new AnswerHeaders()
            .put(CONTENT_TYPE, type.text())
            .put(CACHE_CONTROL, NO_STORE)
            .put(LAST_MODIFIED, HttpDate.format(0))
            .put(NOSNIFF_NAME, NOSNIFF);
    return new FileAnswer(200, headers, size, bytes(request.head(), new Slice(0, size)));
  }

  private FileAnswer content(FileRequest request, Representation file) {
    Ranges ranges = ranges(request.conditions(), file);
    return switch (ranges) {
      case Ranges.Ignored _ -> whole(request, file);
      case Ranges.Unsatisfiable _ -> unsatisfiable(request.head(), file);
      case Ranges.Parts(List<Slice> slices) when slices.size() == 1 ->
          part(request, file, slices.getFirst());
      case Ranges.Parts(List<Slice> slices) -> parts(request, file, slices);
    };
  }

  private Ranges ranges(Conditions asked, Representation file) {
    String header = asked.range();
    if (header == null || !Preconditions.rangeCounts(asked, file)) {
      return new Ranges.Ignored();
    }
    Ranges ranges = Ranges.of(header, file.size());
    boolean several = ranges instanceof Ranges.Parts parts && parts.slices().size() > 1;
    return several && !multiRange ? new Ranges.Unsatisfiable() : ranges;
  }

  private FileAnswer whole(FileRequest request, Representation file) {
    AnswerHeaders headers = described(request, file).put(CONTENT_TYPE, file.type().text());
    Slice all = new Slice(0, file.size());
    return new FileAnswer(200, headers, file.size(), bytes(request.head(), all));
  }

  private FileAnswer part(FileRequest request, Representation file, Slice slice) {
    AnswerHeaders headers =
        described(request, file)
            .put(CONTENT_TYPE, file.type().text())
            .put(CONTENT_RANGE, slice.contentRange(file.size()));
    return new FileAnswer(206, headers, slice.length(), bytes(request.head(), slice));
  }

  private FileAnswer parts(FileRequest request, Representation file, List<Slice> slices) {
    String boundary = "larder-" + Long.toHexString(boundaries.getAsLong());
    var body = ByteRanges.of(slices, file, boundary);
    AnswerHeaders headers =
        described(request, file).put(CONTENT_TYPE, "multipart/byteranges; boundary=" + boundary);
    return new FileAnswer(
        206, headers, ByteRanges.length(body), request.head() ? FileAnswer.NOTHING : body);
  }

  private static FileAnswer unsatisfiable(boolean head, Representation file) {
    AnswerHeaders headers = new AnswerHeaders().put(CONTENT_RANGE, "bytes */" + file.size());
    String detail = "No such range in a file of " + file.size() + " bytes.";
    return refused(head, new Problem(416, Status.EINVAL, detail), headers);
  }

  private static FileAnswer refused(boolean head, Problem problem, AnswerHeaders headers) {
    String json = problem.json();
    headers
        .put(CONTENT_TYPE, Problem.CONTENT_TYPE)
        .put(CACHE_CONTROL, NO_STORE)
        .put(NOSNIFF_NAME, NOSNIFF);
    FileAnswer.Body body = head ? FileAnswer.NOTHING : new FileAnswer.Text(json);
    int length = json.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    return new FileAnswer(problem.status(), headers, length, body);
  }

  private AnswerHeaders described(FileRequest request, Representation file) {
    AnswerHeaders headers = validators(file).put(ACCEPT_RANGES, BYTES).put(NOSNIFF_NAME, NOSNIFF);
    if (file.type().display() == MediaType.Display.SANDBOXED) {
      headers.put(POLICY, SANDBOX);
    }
    if (request.target().query() != Query.NONE) {
      var wanted = request.target().query().first("filename");
      if (wanted.isPresent()) {
        return headers.put(DISPOSITION, Disposition.attachment(wanted.get()));
      }
    }
    return file.type().display() == MediaType.Display.ATTACHMENT
        ? headers.put(DISPOSITION, ATTACHMENT)
        : headers;
  }

  private AnswerHeaders validators(Representation file) {
    return new AnswerHeaders()
        .put(ETAG, file.tag().text())
        .put(LAST_MODIFIED, HttpDate.format(file.modifiedSeconds()))
        .put(CACHE_CONTROL, file.permanent() ? forEver() : ASK_AGAIN);
  }

  /// A URL that needs a token is not for caches shared with others.
  private CharSequence forEver() {
    return gate.token().isPresent() ? FOR_EVER_PRIVATE : FOR_EVER;
  }

  private static FileAnswer.Body bytes(boolean head, Slice slice) {
    return head ? FileAnswer.NOTHING : new FileAnswer.Bytes(slice);
  }
}
