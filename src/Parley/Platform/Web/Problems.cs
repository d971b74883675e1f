using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Parley.Platform.Web;

/// <summary>What a client is told when something is refused: RFC 9457, with a <paramref name="Code"/> that stays and one sentence for a person.</summary>
/// <param name="Errors">What is wrong with which field.</param>
public sealed record Problem(string Code, string Detail, int Status, IReadOnlyList<FieldFlaw>? Errors = null)
{
    public static readonly Problem UnknownRoute = new("route.unknown", "There is nothing at this address.", StatusCodes.Status404NotFound);
    public static readonly Problem Fault = new("server.fault", "Something went wrong on our side.", StatusCodes.Status500InternalServerError);
    public static readonly Problem Draining = new("server.draining", "This server is about to end. Others go on, or it is back in a moment.", StatusCodes.Status503ServiceUnavailable);

    public static readonly Problem Unavailable = new("store.unavailable", "The store cannot be used at the moment. Try the same again shortly.", StatusCodes.Status503ServiceUnavailable);

    /// <summary>What was asked for may have been done.</summary>
    public static readonly Problem Unanswered = new("store.unanswered", "The store did not say whether this was done. Send the same again, with the same clientId where it had one: it is done once.", StatusCodes.Status503ServiceUnavailable);

    /// <summary>Seconds until it is worth trying again (sent as <c>Retry-After</c>). Every 503 and 429 has one.</summary>
    public int? RetryAfter { get; init; } = Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests ? 1 : null;

    /// <summary>Who has what it is about, where that is why it is refused.</summary>
    public Holder? Holder { get; init; }

    public static Problem Malformed(string detail, IReadOnlyList<FieldFlaw>? errors = null) =>
        new("request.malformed", detail, StatusCodes.Status400BadRequest, errors);

    public async Task Write(HttpResponse response)
    {
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (RetryAfter is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(
            new Wire($"urn:parley:problem:{Code}", ReasonPhrases.GetReasonPhrase(Status), Status, Code, Detail, Errors, Holder), Json.Options));
    }

    private sealed record Wire(string Type, string Title, int Status, string Code, string Detail, IReadOnlyList<FieldFlaw>? Errors, Holder? Holder);
}

/// <summary>Problems as results of routes.</summary>
public static class Problems
{
    public static IResult Of(string code, string detail, int status, int? retryAfterSeconds = null)
    {
        var problem = new Problem(code, detail, status);
        return Of(retryAfterSeconds is { } seconds ? problem with { RetryAfter = seconds } : problem);
    }

    public static IResult Of(Problem problem) => new Answer(problem);

    private sealed class Answer(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext http) => problem.Write(http.Response);
    }
}

/// <summary>Thrown where a route cannot return a problem (deep in reading a body); answered like one that was returned.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;

    public static ProblemException Malformed(string detail) => new(Problem.Malformed(detail));
}
