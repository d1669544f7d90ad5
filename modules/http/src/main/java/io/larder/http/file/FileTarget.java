package io.larder.http.file;

import io.larder.protocol.MalformedException;
import io.larder.protocol.fileid.FileId;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.LogicalName;

/// The file that a URL names: `/[group/]Mxx/HH/HH/name[?query]` (S5 §2).
///
/// A path that begins with a slash, at most one segment and `Mxx/` is meant for files, and whatever else is wrong with it
/// is an error of the client; any other path belongs to somebody else. Repeated slashes count as one; `.` and `..` are
/// never resolved but refused.
///
/// @param id group and name
/// @param path the path as it came, for redirects
/// @param query its parameters
public record FileTarget(FileId id, String path, Query query) {
  /// Longest request target that is read (S5 §4).
  public static final int LENGTH_MAX = 4096;

  private static final int STORE_PATH = 4;

  /// Whether a request target is meant for a file.
  ///
  /// @param target path and query as they stand in the request line
  public static boolean isFile(String target) {
    if (isPlainFile(target)) {
      return true;
    }
    int end = pathEnd(target);
    boolean odd = target.startsWith("//") || target.lastIndexOf('%', end) >= 0;
    return odd && isDecodedFile(target.substring(0, end));
  }

  /// Reads a request target.
  ///
  /// @param target path and query as they stand in the request line
  /// @param impliedGroup the group of URLs without one
  /// @throws MalformedException when it names no possible file
  public static FileTarget parse(String target, GroupName impliedGroup) {
    if (target.length() > LENGTH_MAX) {
      throw new MalformedException(
          "url: " + target.length() + " bytes (at most " + LENGTH_MAX + ")");
    }
    int end = pathEnd(target);
    String path = target.substring(0, end);
    String decoded = decoded(path);
    Query query = end == target.length() ? Query.NONE : Query.parse(target.substring(end + 1));
    boolean implied = isStorePath(decoded, 1);
    int slash = decoded.indexOf('/', 1);
    if (!implied && (slash < 0 || !isStorePath(decoded, slash + 1))) {
      throw new MalformedException("url: no file path (/group/Mxx/HH/HH/name)");
    }
    // A second segment of this form means that the first is a group, even if it is called M00.
    boolean grouped = slash > 0 && isStorePath(decoded, slash + 1);
    GroupName group = grouped ? GroupName.of(decoded.substring(1, slash)) : impliedGroup;
    String name = decoded.substring(grouped ? slash + 1 : 1);
    return new FileTarget(new FileId(group, LogicalName.parse(name)), path, query);
  }

  private static boolean isPlainFile(String target) {
    if (isStorePath(target, 1)) {
      return true;
    }
    int slash = target.indexOf('/', 1);
    return slash > 1 && isStorePath(target, slash + 1);
  }

  private static boolean isDecodedFile(String path) {
    try {
      return isPlainFile(decoded(path));
    } catch (MalformedException _) {
      return false; // whoever else takes the path refuses it
    }
  }

  private static String decoded(String path) {
    String text = PercentText.decode(path, false);
    if (!text.startsWith("/")) {
      throw new MalformedException("url: no path");
    }
    int twice = text.indexOf("//");
    while (twice >= 0) {
      text = text.substring(0, twice) + text.substring(twice + 1);
      twice = text.indexOf("//", twice);
    }
    return text;
  }

  /// Whether `Mxx/` stands there, x being anything: what it must be is the name's rule.
  private static boolean isStorePath(String path, int at) {
    return path.length() >= at + STORE_PATH
        && path.charAt(at) == 'M'
        && path.charAt(at + 1) != '/'
        && path.charAt(at + 2) != '/'
        && path.charAt(at + 3) == '/';
  }

  private static int pathEnd(String target) {
    int question = target.indexOf('?');
    return question < 0 ? target.length() : question;
  }
}
