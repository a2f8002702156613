namespace PetShop;

/// <summary>Errors as RFC 9457 problem details.</summary>
internal static class Answers
{
    public static IResult NoPet(int id) =>
        Results.Problem(
            title: "No such pet",
            detail: $"There is no pet {id} for sale.",
            statusCode: StatusCodes.Status404NotFound
        );

    public static IResult Unprocessable(Dictionary<string, string[]> errors) =>
        Results.ValidationProblem(
            errors,
            title: "The request has faults",
            statusCode: StatusCodes.Status422UnprocessableEntity
        );
}
