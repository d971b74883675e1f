using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Parley.Platform;
using Parley.Platform.Blobs;
using Parley.Platform.Web;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>What an upload is answered with.</summary>
public sealed record Uploaded(FileId Id, string Name, long Size, string Mime, int? Width, int? Height, string Url);

/// <summary>Uploading on both sides, and reading by a signed address.</summary>
internal static class FilesApi
{
    private const int NameLimit = 200;

    /// <summary>What a multipart body needs around the file.</summary>
    private const int Wrapping = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/widget/files", Upload).RequireVisitor().TakeNothingFromBlocked().WithTags("Widget").WithName("uploadOwnFile").Accepts<IFormFile>("multipart/form-data").Produces<Uploaded>(201);
        routes.MapPost("/v1/files", Upload).RequireAgent().WithTags("Files").WithName("uploadFile").Accepts<IFormFile>("multipart/form-data").Produces<Uploaded>(201);
        routes.MapGet("/v1/files/{id}", Read).WithTags("Files").WithName("getFile");
    }

    private static async Task<IResult> Upload(HttpContext http, FileStore files, BlobStore blobs, FileLinks links, FileSettings settings, TimeProvider time)
    {
        await using var upload = await Receive(http, settings);
        var head = new byte[Sniffing.Length];
        var length = await upload.Content.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, http.RequestAborted);
        var claimed = Sniffing.Claimed(upload.Mime, upload.Name);
        if (Flaw(upload, claimed, head.AsSpan(0, length), settings) is { } problem)
        {
            return Problems.Of(problem);
        }

        var mime = claimed!;
        upload.Content.Position = 0;
        if (Sniffing.IsOffice(mime) && !Sniffing.HoldsDocument(mime, upload.Content))
        {
            return Problems.Of(NotAsClaimed);
        }

        var size = await Size(upload, mime);
        if (IsShown(mime) && size is null)
        {
            return Problems.Of(NotAsClaimed);
        }

        upload.Content.Position = 0;
        var file = new StoredFile(FileId.New(time), upload.Name, upload.Content.Length, mime, size?.Width, size?.Height);
        if (blobs.Free < settings.LeastFree + file.Size)
        {
            return Problems.Of(NoRoom);
        }

        // Agents are known and accountable, and often sit behind one address.
        var source = http.Principal() is VisitorPrincipal ? Throttling.Address(http) : null;
        if (!await files.Keep(http.Principal().Workspace, http.Principal().Author, source, file, upload.Content, http.RequestAborted))
        {
            return Problems.Of(Unsent);
        }

        var url = links.Of(file.Id, http.Principal() is VisitorPrincipal);
        return Results.Created(url, new Uploaded(file.Id, file.Name, file.Size, file.Mime, file.Width, file.Height, url));
    }

    private static async Task<IResult> Read(HttpContext http, FileId id, FileStore files, BlobStore blobs, FileLinks links, string? t = null)
    {
        if (!links.Allows(id, t) || await files.Find(id) is not { } file || await blobs.Open(id.Value, http.RequestAborted) is not { } content)
        {
            return Problems.Of("file.unknown", "There is no such file, or its address is too old.", StatusCodes.Status404NotFound);
        }

        // Everything else is handed over as a file and never run.
        var disposition = new ContentDispositionHeaderValue(IsShown(file.Mime) ? "inline" : "attachment");
        disposition.SetHttpFileName(file.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "private, max-age=86400, immutable";
        return Results.Stream(content, file.Mime, enableRangeProcessing: true);
    }

    /// <summary>What every browser decodes as a picture is shown in place.</summary>
    private static bool IsShown(string mime) => mime is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    private static readonly Problem NotAsClaimed = new("file.notAsClaimed", "The file is not what it claims to be.", StatusCodes.Status415UnsupportedMediaType);

    private static readonly Problem NoRoom = new("files.noRoom", "There is no room for files here at the moment. Words still get through.", StatusCodes.Status503ServiceUnavailable) { RetryAfter = 300 };

    private static readonly Problem Unsent =
        new("files.unsent", "Too much was uploaded from here and not sent. Send it first, or wait.", StatusCodes.Status429TooManyRequests) { RetryAfter = 60 };

    private static Problem? Flaw(Sent upload, string? mime, ReadOnlySpan<byte> head, FileSettings settings)
    {
        if (head.IsEmpty)
        {
            return new("file.empty", "The file is empty.", StatusCodes.Status400BadRequest);
        }

        if (upload.Content.Length > settings.Limit)
        {
            return TooLarge(settings);
        }

        if (mime is null)
        {
            return NotAsClaimed;
        }

        if (!settings.Types.Split(',', StringSplitOptions.TrimEntries).Contains(mime, StringComparer.OrdinalIgnoreCase))
        {
            return new("file.typeRefused", "Files of this type are not taken here.", StatusCodes.Status415UnsupportedMediaType);
        }

        return Sniffing.BearsOut(mime, head) ? null : NotAsClaimed;
    }

    private static Problem TooLarge(FileSettings settings) =>
        new("file.tooLarge", $"A file has at most {settings.Limit / (1024 * 1024.0):0.#} MB.", StatusCodes.Status413PayloadTooLarge);

    /// <summary>Photographs carry their own data before the frame header, so that a picture may have to be read further than its head.</summary>
    private static async Task<(int Width, int Height)?> Size(Sent upload, string mime)
    {
        if (!IsShown(mime))
        {
            return null;
        }

        upload.Content.Position = 0;
        var bytes = new byte[Math.Min(upload.Content.Length, 1 << 20)];
        await upload.Content.ReadExactlyAsync(bytes);
        return ImageSize.Of(mime, bytes);
    }

    private static async Task<Sent> Receive(HttpContext http, FileSettings settings)
    {
        if (!http.Request.HasFormContentType)
        {
            throw ProblemException.Malformed("A file is sent as multipart/form-data, in a field named file.");
        }

        if (http.Request.ContentLength > settings.Limit + Wrapping)
        {
            throw new ProblemException(TooLarge(settings));
        }

        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = settings.Limit + Wrapping;
        try
        {
            var form = await http.Request.ReadFormAsync(new FormOptions { MultipartBodyLengthLimit = settings.Limit + Wrapping, ValueLengthLimit = Wrapping }, http.RequestAborted);
            var file = form.Files.GetFile("file") ?? (form.Files.Count == 1 ? form.Files[0] : throw ProblemException.Malformed("A file is sent in a field named file."));
            return new Sent(Named(file.FileName), file.ContentType, file.OpenReadStream());
        }
        catch (InvalidDataException error) when (error.Message.Contains("limit", StringComparison.OrdinalIgnoreCase))
        {
            throw new ProblemException(TooLarge(settings));
        }
        catch (BadHttpRequestException error) when (error.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new ProblemException(TooLarge(settings));
        }
        catch (IOException error) when (error.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal))
        {
            throw ProblemException.Malformed("The form ends before its end.");
        }
    }

    /// <summary>The last part of the name, without what could break out of a folder or a header.</summary>
    private static string Named(string name)
    {
        var last = Words.Clean(name.Split('/', '\\')[^1]);
        var clean = new string([.. last.Where(c => !char.IsControl(c))]).Trim();
        return clean.Length switch
        {
            0 => "file",
            > NameLimit => clean[..(NameLimit - 20)] + clean[^20..],
            _ => clean,
        };
    }

    private sealed record Sent(string Name, string? Mime, Stream Content) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Content.DisposeAsync();
    }
}
