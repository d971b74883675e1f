using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Parley.Platform.Web;

/// <summary>Reads the body of a request in its commonest form, straight from its bytes; null where it is any other, or wrong.</summary>
public delegate T? CommonBody<T>(ReadOnlySpan<byte> json)
    where T : class;

/// <summary>
/// The body of the routes that are asked most: what is small is read whole and at once. Whatever is large, unusual or wrong is read, and refused, as the
/// framework does it with the bodies of all other routes.
/// </summary>
public static class SmallBody
{
    private const int Small = 16 * 1024;
    private const string Json = "application/json";

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <exception cref="BadHttpRequestException">There is none, or it is no JSON.</exception>
    /// <exception cref="JsonException">It is not what the route takes.</exception>
    public static async ValueTask<T> Read<T>(HttpContext http, CommonBody<T> common)
        where T : class
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is not { CanHaveBody: true })
        {
            throw Missing();
        }

        var type = (JsonTypeInfo<T>)Platform.Json.Options.GetTypeInfo(typeof(T));
        try
        {
            return (Usual(http.Request.ContentType) ? await AtOnce(http.Request.BodyReader, common, type) : await Framework(http, type)) ?? throw Missing();
        }
        catch (IOException error) when (error is not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The body broke off.", StatusCodes.Status400BadRequest, error);
        }
    }

    /// <summary>What a route says of a body that it reads so: as of any other.</summary>
    public static void Describe<T>(EndpointBuilder route) => route.Metadata.Add(new AcceptsMetadata([Json], typeof(T)));

    private static async ValueTask<T?> AtOnce<T>(PipeReader body, CommonBody<T> common, JsonTypeInfo<T> type)
        where T : class
    {
        while (true)
        {
            var read = await body.ReadAsync();
            if (read.IsCompleted && read.Buffer.Length <= Small)
            {
                try
                {
                    return Whole(read.Buffer, common, type);
                }
                finally
                {
                    body.AdvanceTo(read.Buffer.End);
                }
            }

            if (read.Buffer.Length > Small)
            {
                body.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
                return await JsonSerializer.DeserializeAsync(body, type);
            }

            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static T? Whole<T>(ReadOnlySequence<byte> body, CommonBody<T> common, JsonTypeInfo<T> type)
        where T : class
    {
        var json = body.IsSingleSegment ? body.FirstSpan : body.ToArray();
        json = json.StartsWith(Mark) ? json[Mark.Length..] : json;
        return common(json) ?? JsonSerializer.Deserialize(json, type);
    }

    private static async ValueTask<T?> Framework<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class => http.Request.HasJsonContentType()
        ? await http.Request.ReadFromJsonAsync(type)
        : throw new BadHttpRequestException("The body is no JSON.", StatusCodes.Status415UnsupportedMediaType);

    private static bool Usual(string? type) => type is Json or "application/json; charset=utf-8" or "application/json;charset=UTF-8" or "application/json;charset=utf-8";

    private static BadHttpRequestException Missing() => new("There is no body.", StatusCodes.Status400BadRequest);
}
