using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Platform.Store;

namespace Parley.Platform.Web;

/// <summary>The one place where what went wrong becomes a problem: bad bodies, unknown routes, outages, and our own faults, which never show more than that.</summary>
public static partial class Faults
{
    private static readonly Problem TooLarge = new("request.tooLarge", "The request is larger than this address takes.", StatusCodes.Status413PayloadTooLarge);

    public static void UseProblems(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("Parley.Web");
        app.Use(next => http => Guarded(http, next, log));
    }

    /// <summary>Refuses what says itself that it is larger than its address takes. Behind the routing: until then nobody knows which address that is.</summary>
    public static void UseBodyLimits(this IApplicationBuilder app) => app.Use(next => http => TooMuch.Announced(http) ? Refuse(http) : next(http));

    private static async Task Refuse(HttpContext http)
    {
        await TooMuch.Swallow(http);
        await TooLarge.Write(http.Response);
    }

    private static async Task Guarded(HttpContext http, RequestDelegate next, ILogger log)
    {
        try
        {
            await next(http);
            if (Bare(http) is { } bare)
            {
                await bare.Write(http.Response);
            }
        }
        catch (Exception error) when (!http.Response.HasStarted && Of(error, http) is { } problem)
        {
            if (problem.Status >= 500)
            {
                log.LogError(error, "{Method} {Path} failed: {Code}.", http.Request.Method, http.Request.Path, problem.Code);
            }

            http.Response.Clear();
            if (problem.Status == StatusCodes.Status413PayloadTooLarge)
            {
                await TooMuch.Swallow(http);
            }

            await problem.Write(http.Response);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has gone; there is nobody to tell.
        }
    }

    /// <summary>The problem that an exception becomes; null when the caller has gone.</summary>
    private static Problem? Of(Exception error, HttpContext http) => error switch
    {
        ProblemException known => known.Problem,
        BadHttpRequestException bad => Malformed(bad),
        JsonException json => Malformed(json),
        InvalidDataException when http.Request.HasFormContentType => Problem.Malformed("The form could not be read."),
        OperationCanceledException when http.RequestAborted.IsCancellationRequested => null,
        CommitUnanswered => Problem.Unanswered,
        DbException or IOException => Problem.Unavailable,
        _ => Problem.Fault,
    };

    /// <summary>A status that the framework gave without a word: no such address, not with this method, too long a body.</summary>
    private static Problem? Bare(HttpContext http)
    {
        var response = http.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null || response.ContentLength is > 0)
        {
            return null;
        }

        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problem.UnknownRoute,
            StatusCodes.Status400BadRequest => Problem.Malformed("The request could not be read."),
            StatusCodes.Status413PayloadTooLarge => TooLarge,
            StatusCodes.Status405MethodNotAllowed => new("route.method", "This address does not take this method.", response.StatusCode),
            StatusCodes.Status415UnsupportedMediaType => new("request.mediaType", "The body is of a type that this address does not take.", response.StatusCode),
            _ => null,
        };
    }

    private static Problem Malformed(BadHttpRequestException bad) => bad switch
    {
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge,
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => new("request.mediaType", "The body must be JSON (Content-Type: application/json).", bad.StatusCode),
        { InnerException: JsonException json } => Malformed(json),
        _ when Parameter().Match(bad.Message) is { Success: true } match => At(match.Groups[1].Value, "malformed", "The value is not of the right kind."),
        _ when Missing().Match(bad.Message) is { Success: true } match => At(match.Groups[1].Value, "required", "The value is missing."),
        _ => Problem.Malformed("The request could not be read."),
    };

    private static Problem Malformed(JsonException json)
    {
        var path = Path(json);
        if (Required().Match(json.Message) is { Success: true } match)
        {
            var names = match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries).Select(name => name.Trim('\'', '.', ' ')).ToList();
            var inside = path.Length > 0 ? $"{path}." : "";
            return Problem.Malformed($"The body lacks {string.Join(", ", names)}.", [.. names.Select(name => new FieldFlaw(inside + name, "required", "The value is missing."))]);
        }

        if (Unmapped().IsMatch(json.Message))
        {
            return At(path, "unknown", "There is no such field.");
        }

        return path.Length > 0 ? At(path, "malformed", "The value is not of the right kind.") : Problem.Malformed("The body is not the JSON that this address takes.");
    }

    /// <summary>The field in which it went wrong; empty: the body itself. What is read by a reader of its own (hours) says where in it, and the outer one where that is.</summary>
    private static string Path(JsonException json)
    {
        var path = json.Path is { Length: > 2 } here && here.StartsWith("$.", StringComparison.Ordinal) ? here[2..] : "";
        var within = json.InnerException is JsonException inner ? Path(inner) : "";
        return path.Length > 0 && within.Length > 0 ? $"{path}.{within}" : path + within;
    }

    private static Problem At(string field, string code, string what) => Problem.Malformed($"{field}: {what}", [new FieldFlaw(field, code, what)]);

    // The framework's own sentences name .NET types; only the name of the field is taken from them.
    [GeneratedRegex("""^Failed to bind parameter "\S+ (\w+)" from""")]
    private static partial Regex Parameter();

    [GeneratedRegex("""^Required parameter "\S+ (\w+)" was not provided""")]
    private static partial Regex Missing();

    [GeneratedRegex("missing required properties[^:]*: (.+?)\\.?$")]
    private static partial Regex Required();

    [GeneratedRegex("^The JSON property '.+' could not be mapped")]
    private static partial Regex Unmapped();
}
