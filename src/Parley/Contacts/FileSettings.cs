using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Contacts;

/// <summary>What may be uploaded.</summary>
public sealed record FileSettings(
    [Description("The largest file that is taken, in bytes."), Range(1, 1L << 32)] long Limit = 20 * 1024 * 1024,
    [Description("The types of files that are taken, as a list with commas.")] string Types =
        "image/png,image/jpeg,image/gif,image/webp,application/pdf,text/plain,text/csv,text/markdown,application/zip,"
        + "application/vnd.openxmlformats-officedocument.wordprocessingml.document,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,"
        + "application/vnd.openxmlformats-officedocument.presentationml.presentation,audio/mpeg,audio/ogg,audio/wav,audio/mp4,video/mp4,video/quicktime,video/webm,image/heic,image/heif",
    [Description("After how many hours a file goes that no message has taken."), Range(1, 24 * 365)] int UnusedHours = 24,
    [Description("How many bytes one uploader may have uploaded that no message has taken. A file counts as 64 KB at least."), Range(1, 1L << 40)] long UnsentPerUploader = 200 * 1024 * 1024,
    [Description("The same for all visitors of one address together."), Range(1, 1L << 40)] long UnsentPerAddress = 1024 * 1024 * 1024,
    [Description("Bytes that stay free on the disk: with less than that no file is taken, so that words still are. Where files are in PostgreSQL, nobody looks."), Range(0, 1L << 50)] long LeastFree = 1024 * 1024 * 1024);
