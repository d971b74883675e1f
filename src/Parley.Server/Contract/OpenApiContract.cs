using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Server.Contract;

/// <summary>The description of the HTTP interface: what the routes tell of themselves, and what is written by hand (<c>Shapes.cs</c>).</summary>
internal static partial class OpenApiContract
{
    private const string Entry = "Entry";
    private const string Json = "application/json";

    /// <summary>The success answers that routes write themselves, by method and path.</summary>
    private static readonly Dictionary<(string Method, string Path), (int Status, Type Shape)> Written = new()
    {
        [("GET", "/v1/conversations")] = (200, typeof(SummariesShape)),
        [("GET", "/v1/conversations/{id}")] = (200, typeof(SummaryShape)),
        [("GET", "/v1/contacts/{id}/conversations")] = (200, typeof(SummariesShape)),
        [("GET", "/v1/counts")] = (200, typeof(CountsShape)),
        [("GET", "/v1/search")] = (200, typeof(HitsShape)),
        [("GET", "/v1/contacts")] = (200, typeof(PersonHitsShape)),
        [("GET", "/v1/changes")] = (200, typeof(ChangesShape)),
        [("GET", "/v1/widget/conversations")] = (200, typeof(ThreadsShape)),
        [("POST", "/v1/widget/conversations")] = (201, typeof(OpenedShape)),
    };

    public static void Configure(OpenApiOptions options)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer(Complete);
    }

    /// <summary>Every operation's bodies and answers, described anew from the types that its route names.</summary>
    private static Task Complete(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new OpenApiInfo { Title = "Parley", Version = "1", Description = "Commands and reads over REST; events over one stream (/v1/stream). Times are ISO-8601 UTC; ids are opaque; what is absent is left out." };
        document.Servers = [];
        document.Components ??= new OpenApiComponents();
        var schemas = new Schemas(document);
        Entries(document, schemas);
        foreach (var route in context.DescriptionGroups.SelectMany(group => group.Items))
        {
            var path = Constraint().Replace("/" + route.RelativePath?.TrimEnd('/'), "{$1}");
            var known = document.Paths.FirstOrDefault(pair => pair.Key.TrimEnd('/') == path).Value;
            if (known?.Operations?.GetValueOrDefault(new HttpMethod(route.HttpMethod!)) is { } operation)
            {
                Describe(document, schemas, operation, route, path);
            }
        }

        document.Components.Schemas = schemas.All;
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiDocument document, Schemas schemas, OpenApiOperation operation, ApiDescription route, string path)
    {
        operation.OperationId ??= OperationId(route.HttpMethod!, path);
        operation.Summary ??= Summaries.Of(route.HttpMethod!, path);
        operation.Description ??= Who(route);
        if (operation.RequestBody is OpenApiRequestBody { Content: { } content } && route.ParameterDescriptions.FirstOrDefault(parameter => parameter.Source.Id == "Body") is { } body)
        {
            content.Clear();
            content[Json] = new OpenApiMediaType { Schema = schemas.Of(body.Type) };
        }

        foreach (var (schema, parameter) in operation.Parameters?.Join(route.ParameterDescriptions, one => one.Name, other => other.Name, (one, other) => (one, other)) ?? [])
        {
            if (schema is OpenApiParameter described && parameter.Type is { } type)
            {
                described.Schema = schemas.Of(type);
            }
        }

        var (status, shape) = Success(route, path);
        operation.Responses = new OpenApiResponses
        {
            [$"{status}"] = new OpenApiResponse
            {
                Description = shape is null ? "Done." : "OK",
                Content = shape is null ? null : new Dictionary<string, OpenApiMediaType> { [Json] = new() { Schema = shape == typeof(EntryShape) ? new OpenApiSchemaReference(Entry, document) : schemas.Of(shape) } },
            },
            ["default"] = new OpenApiResponse
            {
                Description = "Refused: a problem with a stable code.",
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = schemas.Of(typeof(ProblemShape)) } },
            },
        };
    }

    /// <summary>Who may call it, as the route says to the doorman.</summary>
    private static string? Who(ApiDescription route) => route.ActionDescriptor.EndpointMetadata.OfType<Entrance>().LastOrDefault() switch
    {
        Entrance.ForAgents agents => $"Agents{From(agents.Minimum)} who are signed in, and programs whose token has the scope {agents.Scope ?? Doorman.Default(agents.Minimum, route.HttpMethod!)}.",
        Entrance.ForPeople people => $"Agents{From(people.Minimum)} who are signed in.",
        Entrance.ForVisitors => "Visitors, with the token of their session.",
        _ => null,
    };

    private static string From(Role minimum) => minimum == Role.Agent ? "" : $" from {minimum.ToString().ToLowerInvariant()} upwards";

    private static (int Status, Type? Shape) Success(ApiDescription route, string path)
    {
        if (Written.TryGetValue((route.HttpMethod!, path), out var written))
        {
            return written;
        }

        var told = route.ActionDescriptor.EndpointMetadata.OfType<IProducesResponseTypeMetadata>().FirstOrDefault(answer => answer.StatusCode is >= 200 and < 300 && (answer.StatusCode != 200 || answer.Type is not null));
        if (told is not null)
        {
            return (told.StatusCode, told.Type == typeof(void) ? null : told.Type);
        }

        var at = path.IndexOf("/conversations/{id}/", StringComparison.Ordinal);
        return at < 0 ? (200, null) : (route.HttpMethod, path[(at + "/conversations/{id}/".Length)..]) switch
        {
            (_, "timeline") or ("GET", "scheduled") => (200, typeof(TimelineShape)),
            (_, "seen") => (204, null),
            ("POST", "messages" or "notes" or "scheduled") or ("PUT", "scheduled/{seq}/dispatch") => (201, typeof(EntryShape)),
            _ => (200, typeof(EntriesShape)),
        };
    }

    /// <summary>The union of all that a conversation's timeline can hold: the envelope, and flat beside it the fields of each kind.</summary>
    private static void Entries(OpenApiDocument document, Schemas schemas)
    {
        schemas.All["Envelope"] = schemas.Fields(typeof(Envelope));
        var union = new OpenApiSchema { Description = "One numbered fact of a timeline. A newer server may send types that are not named here: they change nothing.", OneOf = [] };
        foreach (var type in ConversationKind.Entries.OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            var name = $"{char.ToUpperInvariant(type.Name[0])}{type.Name[1..]}Entry";
            var tag = new OpenApiSchema { Type = JsonSchemaType.Object, Required = new HashSet<string> { "type" }, Properties = new Dictionary<string, IOpenApiSchema> { ["type"] = new OpenApiSchema { Const = type.Name } } };
            schemas.All[name] = new OpenApiSchema { AllOf = [new OpenApiSchemaReference("Envelope", document), tag, schemas.Fields(type.Record)] };
            union.OneOf.Add(new OpenApiSchemaReference(name, document));
        }

        schemas.All[Entry] = union;
        if (schemas.All.TryGetValue("FileCard", out var file))
        {
            // Added on reading, signed for the side that reads.
            file.Properties!["url"] = new OpenApiSchema { Type = JsonSchemaType.String };
        }
    }

    private static string OperationId(string method, string path) => method.ToLowerInvariant()
        + string.Concat(path.Split('/', '{', '}', '.', ':').Where(part => part.Length > 0 && part != "v1").Select(part => char.ToUpperInvariant(part[0]) + part[1..]));

    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Constraint();
}
